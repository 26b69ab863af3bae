CREATE TABLE users (
  id uuid PRIMARY KEY,
  email text NOT NULL CONSTRAINT users_email_unique UNIQUE,
  email_verified boolean NOT NULL,
  name text NOT NULL,
  roles text[] NOT NULL,
  password_hash text,
  generation integer NOT NULL,
  version integer NOT NULL,
  created_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE federated_identities (
  issuer text NOT NULL,
  subject text NOT NULL,
  user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  created_at timestamptz(3) NOT NULL,
  PRIMARY KEY (issuer, subject)
);
--> statement-breakpoint
CREATE INDEX federated_identities_by_user ON federated_identities (user_id);
--> statement-breakpoint
CREATE TABLE token_families (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  created_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  revoked_at timestamptz(3)
);
--> statement-breakpoint
CREATE INDEX token_families_by_user ON token_families (user_id);
--> statement-breakpoint
CREATE INDEX token_families_by_expiry ON token_families (expires_at);
--> statement-breakpoint
-- Hashes only: who reads this table can't refresh anything.
CREATE TABLE refresh_tokens (
  hash text PRIMARY KEY,
  family_id uuid NOT NULL REFERENCES token_families (id) ON DELETE CASCADE,
  rotated_at timestamptz(3)
);
--> statement-breakpoint
CREATE INDEX refresh_tokens_by_family ON refresh_tokens (family_id);
