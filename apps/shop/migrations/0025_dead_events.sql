-- Events that were given up, for who looks after them; there are few, or none.
CREATE INDEX outbox_dead ON outbox (position) WHERE state = 'dead';
