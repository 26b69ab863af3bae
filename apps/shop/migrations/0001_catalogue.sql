CREATE TABLE categories (
  slug text PRIMARY KEY,
  name text NOT NULL
);
--> statement-breakpoint
CREATE TABLE products (
  id integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  sku text NOT NULL CONSTRAINT products_sku_unique UNIQUE,
  name text NOT NULL,
  description text NOT NULL,
  category_slug text NOT NULL CONSTRAINT products_category_known REFERENCES categories (slug),
  price_amount integer NOT NULL CONSTRAINT products_price_in_bounds CHECK (price_amount >= 0),
  price_currency text NOT NULL,
  stock integer NOT NULL CONSTRAINT products_stock_in_bounds CHECK (stock >= 0),
  version integer NOT NULL,
  created_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL,
  -- Lower case and without accents; compared by code point, the same in every database.
  name_key text COLLATE "C" NOT NULL,
  search_text text COLLATE "C" NOT NULL
);
--> statement-breakpoint
-- One for each order that a list can have; the id makes it total, so that a cursor finds its place by the index.
CREATE INDEX products_by_name ON products (name_key, id);
--> statement-breakpoint
CREATE INDEX products_by_price ON products (price_amount, id);
--> statement-breakpoint
CREATE INDEX products_by_stock ON products (stock, id);
--> statement-breakpoint
CREATE INDEX products_by_created ON products (created_at, id);
--> statement-breakpoint
CREATE INDEX products_by_category ON products (category_slug, name_key, id);
--> statement-breakpoint
CREATE TABLE seeds (
  name text PRIMARY KEY,
  applied_at timestamptz(3) NOT NULL
);
