-- The text of an answer is kept as it is; jsonb keeps what it says, in another order. Values of jsonb are still taken, so
-- that an instance of the version before can go on while this one starts.
ALTER TABLE idempotency_keys ALTER COLUMN body TYPE json USING body::json;
