-- Each change of a product's stock, and why. A product may be gone, its movements stay.
CREATE TABLE stock_movements (
  id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  product_id integer NOT NULL,
  kind text NOT NULL CONSTRAINT stock_movements_kind_known
    CHECK (kind IN ('receive', 'correct', 'reserve', 'release')),
  change integer NOT NULL,
  stock_after integer NOT NULL CONSTRAINT stock_movements_not_negative CHECK (stock_after >= 0),
  reason text NOT NULL,
  actor text NOT NULL,
  moved_at timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE INDEX stock_movements_by_product ON stock_movements (product_id, id);
