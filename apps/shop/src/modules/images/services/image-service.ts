import { randomBytes } from 'node:crypto'
import { newId } from '../../../domain/ids.js'
import type { Clock } from '../../../platform/clock/clock.js'
import type { Transactions } from '../../../platform/database/transactions.js'
import type { CatalogueService } from '../../catalogue/services/catalogue-service.js'
import { ImageNotFound, TooManyImages } from '../domain/errors.js'
import { EXTENSIONS, type Image, IMAGE_LIMITS, type ImageId, type Picture } from '../domain/image.js'
import type { ImageFiles, ReceivedFile } from '../domain/image-files.js'
import type { ImageRepository } from '../domain/repositories.js'

export interface ImageDependencies {
  readonly images: ImageRepository
  readonly imageFiles: ImageFiles
  readonly catalogue: CatalogueService
  readonly transactions: Transactions
  readonly clock: Clock
  /** Says what a file is, by its bytes; rejects with NotAnImage or ImageSizeRefused. */
  readonly inspectImage: (files: ImageFiles, received: ReceivedFile) => Promise<Picture>
}

/** The photographs of products. A product that is not there is the catalogue's ProductNotFound. */
export class ImageService {
  readonly #with: ImageDependencies

  constructor(dependencies: ImageDependencies) {
    this.#with = dependencies
  }

  async ofProduct(product: number): Promise<readonly Image[]> {
    await this.#with.catalogue.product(product)
    return this.#with.images.ofProduct(product)
  }

  /** Of several products, by one query; what is no product has none. */
  async ofProducts(products: readonly number[]): Promise<readonly Image[]> {
    return products.length === 0 ? [] : this.#with.images.ofProducts(products)
  }

  async image(product: number, id: ImageId): Promise<Image> {
    const image = await this.#with.images.find(product, id)
    if (image === null) throw new ImageNotFound(id)
    return image
  }

  /** Rejects when a product can take no more images, before they are sent. */
  async assertRoom(product: number): Promise<void> {
    if ((await this.ofProduct(product)).length >= IMAGE_LIMITS.perProduct) throw new TooManyImages(product)
  }

  /** Adds all of them or none. Those that are not kept are the caller's to discard. */
  async add(product: number, received: readonly ReceivedFile[], alt: string): Promise<readonly Image[]> {
    const kept = await this.#keepAll(received)
    const { images, transactions } = this.#with
    return transactions.transaction(
      async () => {
        const there = await images.ofProduct(product)
        if (there.length + kept.length > IMAGE_LIMITS.perProduct) throw new TooManyImages(product)
        const added = kept.map((file) => this.#imageOf(product, file, alt))
        for (const image of added) await images.add(image)
        return added
      },
      { isolation: 'serializable' },
    )
  }

  /** Gives an image another content. Pages that are open still show the old one; its file goes with the clean-up. */
  async replace(product: number, id: ImageId, received: ReceivedFile, alt: string | null): Promise<Image> {
    const image = await this.image(product, id)
    const [kept] = await this.#keepAll([received])
    const replaced: Image = { ...image, ...kept, alt: alt ?? image.alt }
    if (!(await this.#with.images.replace(replaced))) throw new ImageNotFound(id)
    return replaced
  }

  /** What somebody removes is gone at once, its file too. */
  async remove(product: number, id: ImageId): Promise<void> {
    const { images, imageFiles } = this.#with
    const { file } = await this.image(product, id)
    if (!(await images.remove(product, id))) throw new ImageNotFound(id)
    await imageFiles.remove(file)
    await images.forget(file)
  }

  /** All are looked at before the first is kept. */
  async #keepAll(
    received: readonly ReceivedFile[],
  ): Promise<readonly (Picture & { readonly file: string })[]> {
    const { images, imageFiles, clock, inspectImage } = this.#with
    const pictures: Picture[] = []
    for (const one of received) pictures.push(await inspectImage(imageFiles, one))
    const kept: (Picture & { readonly file: string })[] = []
    for (const [index, picture] of pictures.entries()) {
      // Security: nobody guesses it, and it says nothing of who sent it. The ending is that of the bytes.
      const file = `${randomBytes(16).toString('hex')}.${EXTENSIONS[picture.type]}`
      await images.announce(file, clock.now())
      await imageFiles.keep(received[index] as ReceivedFile, file)
      kept.push({ ...picture, file })
    }
    return kept
  }

  #imageOf(product: number, kept: Picture & { readonly file: string }, alt: string): Image {
    const now = this.#with.clock.now()
    return { ...kept, id: newId<'image'>(now), product, alt, createdAt: now }
  }
}
