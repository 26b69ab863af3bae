CREATE TABLE notifications (
  id uuid PRIMARY KEY,
  user_id text NOT NULL,
  -- The event that it came of; an event that is delivered twice makes one notification.
  event_id text NOT NULL,
  kind text NOT NULL,
  title text NOT NULL,
  data jsonb NOT NULL,
  created_at timestamptz(3) NOT NULL,
  read_at timestamptz(3),
  CONSTRAINT notifications_event_unique UNIQUE (user_id, event_id)
);
--> statement-breakpoint
CREATE INDEX notifications_by_user ON notifications (user_id, id DESC);
--> statement-breakpoint
CREATE INDEX notifications_unread ON notifications (user_id) WHERE read_at IS NULL;
