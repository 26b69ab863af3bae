import type { Image, ImageId } from './image.js'

/** What is known of images. Their bytes are in ImageFiles. All methods reject with StorageUnavailable when it is away. */
export interface ImageRepository {
  /** Says that a file will be there, before it is: so none can be left over that nobody knows of. */
  announce(file: string, now: Date): Promise<void>

  /** Rejects with ProductNotFound of the catalogue when the product is gone. The file was announced. */
  add(image: Image): Promise<void>

  /** In the order in which they came. */
  ofProduct(product: number): Promise<readonly Image[]>

  /** Of several products, by one query; in the order in which they came. */
  ofProducts(products: readonly number[]): Promise<readonly Image[]>

  find(product: number, id: ImageId): Promise<Image | null>

  /** Stores another content of an image; false when it is gone. */
  replace(image: Image): Promise<boolean>

  /** False when it was gone. */
  remove(product: number, id: ImageId): Promise<boolean>

  /** Files that were announced before a time, and that no image has. */
  leftOver(before: Date, limit: number): Promise<readonly string[]>

  /** Forgets a file that is no more. One that an image has by now is kept: false. */
  forget(file: string): Promise<boolean>
}
