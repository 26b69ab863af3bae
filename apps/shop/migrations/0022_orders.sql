CREATE TABLE carts (
  id uuid PRIMARY KEY,
  user_id text CONSTRAINT carts_user_unique UNIQUE,
  -- SHA-256 of the token in the guest's cookie; the token itself is nowhere but there.
  guest_hash text CONSTRAINT carts_guest_unique UNIQUE,
  lines jsonb NOT NULL,
  updated_at timestamptz(3) NOT NULL,
  CONSTRAINT carts_one_owner CHECK ((user_id IS NULL) <> (guest_hash IS NULL))
);
--> statement-breakpoint
CREATE INDEX carts_by_update ON carts (updated_at) WHERE guest_hash IS NOT NULL;
--> statement-breakpoint
CREATE TABLE orders (
  id uuid PRIMARY KEY,
  user_id text NOT NULL,
  status text NOT NULL CONSTRAINT orders_status_known
    CHECK (status IN ('placed', 'confirmed', 'shipped', 'cancelled')),
  currency text NOT NULL,
  total_amount bigint NOT NULL CONSTRAINT orders_total_not_negative CHECK (total_amount >= 0),
  country text NOT NULL,
  postal_code text NOT NULL,
  level text NOT NULL,
  cancellation text,
  tracking text,
  version integer NOT NULL,
  placed_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL
);
--> statement-breakpoint
-- Name and price as they were when the order was placed.
CREATE TABLE order_lines (
  order_id uuid NOT NULL CONSTRAINT order_lines_order REFERENCES orders (id) ON DELETE CASCADE,
  number integer NOT NULL,
  product_id integer NOT NULL,
  sku text NOT NULL,
  name text NOT NULL,
  quantity integer NOT NULL CONSTRAINT order_lines_quantity_positive CHECK (quantity > 0),
  price_amount integer NOT NULL,
  PRIMARY KEY (order_id, number)
);
--> statement-breakpoint
-- The read model: one row an order, filled by a consumer of the orders' events.
CREATE TABLE order_summaries (
  order_id uuid PRIMARY KEY,
  user_id text NOT NULL,
  status text NOT NULL,
  total_amount bigint NOT NULL,
  currency text NOT NULL,
  pieces integer NOT NULL,
  title text NOT NULL,
  version integer NOT NULL,
  placed_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL
);
--> statement-breakpoint
-- An order's id begins with the time: by id is by age.
CREATE INDEX order_summaries_by_user ON order_summaries (user_id, order_id);
--> statement-breakpoint
CREATE INDEX order_summaries_by_status ON order_summaries (status, order_id);
