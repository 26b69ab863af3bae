-- What has happened, written in the transaction in which it happened, until the event bus has taken it.
CREATE TABLE outbox (
  position bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  event_id uuid NOT NULL CONSTRAINT outbox_event_unique UNIQUE,
  -- To what it happened: events of one aggregate are delivered in their order.
  aggregate text NOT NULL,
  type text NOT NULL,
  occurred_at timestamptz(3) NOT NULL,
  data jsonb NOT NULL,
  state text NOT NULL CONSTRAINT outbox_state_known CHECK (state IN ('pending', 'delivered', 'dead')),
  attempts integer NOT NULL,
  next_attempt_at timestamptz(3) NOT NULL,
  settled_at timestamptz(3),
  last_error text
);
--> statement-breakpoint
CREATE INDEX outbox_pending ON outbox (aggregate, position) WHERE state = 'pending';
--> statement-breakpoint
CREATE INDEX outbox_due ON outbox (position) WHERE state = 'pending';
--> statement-breakpoint
-- Which consumer has handled which event, written in the transaction of its effect.
CREATE TABLE handled_events (
  consumer text NOT NULL,
  event_id uuid NOT NULL,
  handled_at timestamptz(3) NOT NULL,
  PRIMARY KEY (consumer, event_id)
);
--> statement-breakpoint
-- Answers that are given again to who repeats a request, written in the transaction of its effect.
CREATE TABLE idempotency_keys (
  owner text NOT NULL,
  key text NOT NULL,
  fingerprint text NOT NULL,
  status integer NOT NULL,
  headers jsonb NOT NULL,
  body jsonb NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  PRIMARY KEY (owner, key)
);
--> statement-breakpoint
CREATE INDEX idempotency_keys_by_expiry ON idempotency_keys (expires_at);
