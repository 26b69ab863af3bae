-- The files of images, known before they are stored: one that no image has is left over, and is removed.
CREATE TABLE image_files (
  name text PRIMARY KEY,
  announced_at timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE product_images (
  id uuid PRIMARY KEY,
  product_id integer NOT NULL CONSTRAINT product_images_product_known REFERENCES products (id) ON DELETE CASCADE,
  file text NOT NULL CONSTRAINT product_images_file_unique UNIQUE REFERENCES image_files (name),
  type text NOT NULL,
  bytes integer NOT NULL CONSTRAINT product_images_not_empty CHECK (bytes > 0),
  width integer NOT NULL,
  height integer NOT NULL,
  alt text NOT NULL,
  created_at timestamptz(3) NOT NULL
);
--> statement-breakpoint
-- The ids begin with the time: this is also the order in which they came.
CREATE INDEX product_images_by_product ON product_images (product_id, id);
