import type { MemoryDatabase } from '../../../../platform/database/memory-database.js'
import type { MemoryTable } from '../../../../platform/database/memory-table.js'
import { ProductNotFound } from '../../../catalogue/domain/errors.js'
import type { Product } from '../../../catalogue/domain/product.js'
import type { Image, ImageId } from '../../domain/image.js'
import type { ImageRepository } from '../../domain/repositories.js'

/** Images in Maps. What foreign keys do in SQL, looking at the catalogue's table does here. */
export class MemoryImageRepository implements ImageRepository {
  readonly #images: MemoryTable<ImageId, Image>
  readonly #files: MemoryTable<string, { readonly name: string; readonly announcedAt: Date }>
  readonly #products: MemoryTable<number, Product>

  constructor(memory: MemoryDatabase) {
    this.#images = memory.table('product_images')
    this.#files = memory.table('image_files')
    this.#products = memory.table('products')
  }

  async announce(name: string, now: Date): Promise<void> {
    this.#files.set(name, { name, announcedAt: now })
  }

  async add(image: Image): Promise<void> {
    if (!this.#products.has(image.product)) throw new ProductNotFound(image.product)
    this.#images.set(image.id, image)
  }

  ofProduct(product: number): Promise<readonly Image[]> {
    return this.ofProducts([product])
  }

  async ofProducts(products: readonly number[]): Promise<readonly Image[]> {
    return this.#living()
      .filter(({ product }) => products.includes(product))
      .toSorted((left, right) => left.product - right.product || (left.id < right.id ? -1 : 1))
  }

  async find(product: number, id: ImageId): Promise<Image | null> {
    return this.#living().find((image) => image.product === product && image.id === id) ?? null
  }

  async replace(image: Image): Promise<boolean> {
    if ((await this.find(image.product, image.id)) === null) return false
    this.#images.set(image.id, image)
    return true
  }

  async remove(product: number, id: ImageId): Promise<boolean> {
    if ((await this.find(product, id)) === null) return false
    return this.#images.delete(id)
  }

  async leftOver(before: Date, limit: number): Promise<readonly string[]> {
    const used = this.#used()
    return this.#files
      .values()
      .filter(({ name, announcedAt }) => announcedAt < before && !used.has(name))
      .toSorted((left, right) => left.announcedAt.getTime() - right.announcedAt.getTime())
      .slice(0, limit)
      .map(({ name }) => name)
  }

  async forget(file: string): Promise<boolean> {
    return !this.#used().has(file) && this.#files.delete(file)
  }

  #used(): ReadonlySet<string> {
    return new Set(this.#living().map(({ file }) => file))
  }

  /** Those whose product was not removed. */
  #living(): readonly Image[] {
    return this.#images.values().filter(({ product }) => this.#products.has(product))
  }
}
