CREATE TABLE chat_rooms (
  id text PRIMARY KEY,
  kind text NOT NULL CONSTRAINT chat_rooms_kind_known CHECK (kind IN ('public', 'private')),
  title text NOT NULL,
  owner_id text,
  -- The number of the newest message. Whoever appends one locks the row, so that places are given one after another.
  last_sequence integer NOT NULL,
  created_at timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE chat_members (
  room_id text NOT NULL REFERENCES chat_rooms (id) ON DELETE CASCADE,
  user_id text NOT NULL,
  PRIMARY KEY (room_id, user_id)
);
--> statement-breakpoint
CREATE INDEX chat_members_by_user ON chat_members (user_id);
--> statement-breakpoint
CREATE TABLE chat_messages (
  id uuid PRIMARY KEY,
  room_id text NOT NULL REFERENCES chat_rooms (id) ON DELETE CASCADE,
  sequence integer NOT NULL,
  author_id text NOT NULL,
  author_name text NOT NULL,
  client_id text NOT NULL,
  text text NOT NULL,
  mentions jsonb NOT NULL,
  sent_at timestamptz(3) NOT NULL,
  CONSTRAINT chat_messages_place_unique UNIQUE (room_id, sequence),
  -- What is sent again after a connection broke is the same message.
  CONSTRAINT chat_messages_client_id_unique UNIQUE (room_id, author_id, client_id)
);
--> statement-breakpoint
CREATE TABLE chat_reads (
  room_id text NOT NULL REFERENCES chat_rooms (id) ON DELETE CASCADE,
  user_id text NOT NULL,
  sequence integer NOT NULL,
  read_at timestamptz(3) NOT NULL,
  PRIMARY KEY (room_id, user_id)
);
