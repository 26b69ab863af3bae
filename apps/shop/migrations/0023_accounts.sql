CREATE TABLE accounts (
  id uuid PRIMARY KEY,
  -- Null for the shop's own: what comes in and goes out is booked against these.
  owner text,
  name text NOT NULL,
  currency text NOT NULL,
  balance bigint NOT NULL,
  opened_at timestamptz(3) NOT NULL,
  CONSTRAINT accounts_no_debts CHECK (balance >= 0 OR owner IS NULL)
);
--> statement-breakpoint
CREATE INDEX accounts_by_owner ON accounts (owner, id);
--> statement-breakpoint
CREATE UNIQUE INDEX accounts_one_settlement ON accounts (currency) WHERE owner IS NULL;
--> statement-breakpoint
CREATE TABLE transfers (
  id uuid PRIMARY KEY,
  from_account uuid NOT NULL CONSTRAINT transfers_from REFERENCES accounts (id),
  to_account uuid NOT NULL CONSTRAINT transfers_to REFERENCES accounts (id),
  amount bigint NOT NULL CONSTRAINT transfers_amount_positive CHECK (amount > 0),
  currency text NOT NULL,
  note text NOT NULL,
  made_by text NOT NULL,
  made_at timestamptz(3) NOT NULL,
  CONSTRAINT transfers_two_accounts CHECK (from_account <> to_account)
);
--> statement-breakpoint
-- Double entry: each transfer has two, whose sum is 0.
CREATE TABLE ledger_entries (
  id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  transfer_id uuid NOT NULL CONSTRAINT ledger_entries_transfer REFERENCES transfers (id),
  account_id uuid NOT NULL CONSTRAINT ledger_entries_account REFERENCES accounts (id),
  amount bigint NOT NULL,
  balance_after bigint NOT NULL,
  booked_at timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE INDEX ledger_entries_by_account ON ledger_entries (account_id, id);
