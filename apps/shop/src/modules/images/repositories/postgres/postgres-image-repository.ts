import { and, asc, eq, inArray, isNull, lt, notExists } from 'drizzle-orm'
import type { CurrentDatabase } from '../../../../platform/database/database.js'
import { failureOf, FOREIGN_KEY_VIOLATION, query } from '../../../../platform/database/database-errors.js'
import { ProductNotFound } from '../../../catalogue/domain/errors.js'
import type { Image, ImageId, ImageType } from '../../domain/image.js'
import type { ImageRepository } from '../../domain/repositories.js'
import { imageFiles, productImages } from './tables.js'

export class PostgresImageRepository implements ImageRepository {
  readonly #sql: CurrentDatabase

  constructor(sql: CurrentDatabase) {
    this.#sql = sql
  }

  async announce(file: string, now: Date): Promise<void> {
    await query(async () => this.#sql.current.insert(imageFiles).values({ name: file, announcedAt: now }))
  }

  async add(image: Image): Promise<void> {
    try {
      await query(async () => this.#sql.current.insert(productImages).values(rowOf(image)))
    } catch (error) {
      const { code, constraint } = failureOf(error)
      if (code === FOREIGN_KEY_VIOLATION && constraint === 'product_images_product_known')
        throw new ProductNotFound(image.product)
      throw error
    }
  }

  ofProduct(product: number): Promise<readonly Image[]> {
    return this.ofProducts([product])
  }

  async ofProducts(products: readonly number[]): Promise<readonly Image[]> {
    if (products.length === 0) return []
    return query(async () => {
      const rows = await this.#sql.current
        .select()
        .from(productImages)
        .where(inArray(productImages.productId, [...products]))
        .orderBy(asc(productImages.productId), asc(productImages.id))
      return rows.map(imageOf)
    })
  }

  find(product: number, id: ImageId): Promise<Image | null> {
    return query(async () => {
      const [row] = await this.#sql.current.select().from(productImages).where(isImage(product, id))
      return row === undefined ? null : imageOf(row)
    })
  }

  replace(image: Image): Promise<boolean> {
    return query(async () => {
      const replaced = await this.#sql.current
        .update(productImages)
        .set(rowOf(image))
        .where(isImage(image.product, image.id))
        .returning({ id: productImages.id })
      return replaced.length > 0
    })
  }

  remove(product: number, id: ImageId): Promise<boolean> {
    return query(async () => {
      const removed = await this.#sql.current
        .delete(productImages)
        .where(isImage(product, id))
        .returning({ id: productImages.id })
      return removed.length > 0
    })
  }

  leftOver(before: Date, limit: number): Promise<readonly string[]> {
    return query(async () => {
      const rows = await this.#sql.current
        .select({ name: imageFiles.name })
        .from(imageFiles)
        .leftJoin(productImages, eq(productImages.file, imageFiles.name))
        .where(and(lt(imageFiles.announcedAt, before), isNull(productImages.id)))
        .orderBy(asc(imageFiles.announcedAt))
        .limit(limit)
      return rows.map(({ name }) => name)
    })
  }

  forget(file: string): Promise<boolean> {
    return query(async () => {
      const used = this.#sql.current
        .select({ id: productImages.id })
        .from(productImages)
        .where(eq(productImages.file, file))
      const forgotten = await this.#sql.current
        .delete(imageFiles)
        .where(and(eq(imageFiles.name, file), notExists(used)))
        .returning({ name: imageFiles.name })
      return forgotten.length > 0
    })
  }
}

function isImage(product: number, id: ImageId) {
  return and(eq(productImages.productId, product), eq(productImages.id, id))
}

function rowOf({ product, ...image }: Image): typeof productImages.$inferInsert {
  return { ...image, productId: product }
}

function imageOf({ productId, id, type, ...row }: typeof productImages.$inferSelect): Image {
  return { ...row, id: id as ImageId, type: type as ImageType, product: productId }
}
