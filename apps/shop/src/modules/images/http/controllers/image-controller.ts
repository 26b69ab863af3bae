import { check } from '@nozomi/schema'
import type { Request, Response } from '../../../../http/framework.js'
import type { Given } from '../../../../http/input/given.js'
import { show } from '../../../../http/representations/representations.js'
import type { Image } from '../../domain/image.js'
import type { ReceivedFile } from '../../domain/image-files.js'
import type { ImageService } from '../../services/image-service.js'
import { IMAGE_COLUMNS, shownImage } from '../image-representation.js'
import type { imagePath, imagesPath, imagesQuery } from '../input/image-fields.js'
import { newImageFields, replacedImageFields } from '../input/image-fields.js'
import type { ImageUpload } from '../upload/image-upload.js'

type OfProduct = { params: typeof imagesPath }
type OfImage = { params: typeof imagePath }

export class ImageController {
  readonly #images: ImageService
  readonly #upload: ImageUpload

  constructor(images: ImageService, upload: ImageUpload) {
    this.#images = images
    this.#upload = upload
  }

  list = async (req: Given<OfProduct>, res: Response): Promise<void> => {
    const { product } = req.valid.params
    showList(req, res, await this.#images.ofProduct(product))
  }

  ofProducts = async (req: Given<{ query: typeof imagesQuery }>, res: Response): Promise<void> => {
    const { products } = req.valid.query
    showList(req, res, await this.#images.ofProducts(products))
  }

  read = async (req: Given<OfImage>, res: Response): Promise<void> => {
    const { product, image } = req.valid.params
    show(req, res, shownImage(await this.#images.image(product, image), productsOf(req)))
  }

  /** Before a form is read: whether there is a product with room for its files. */
  assertRoom = async (req: Given<OfProduct>): Promise<void> => {
    await this.#images.assertRoom(req.valid.params.product)
  }

  /** Before a form is read: whether there is an image to replace. */
  assertImage = async (req: Given<OfImage>): Promise<void> => {
    const { product, image } = req.valid.params
    await this.#images.image(product, image)
  }

  create = async (req: Given<OfProduct>, res: Response): Promise<void> => {
    const { product } = req.valid.params
    const added = await this.#upload.taking(req, async (files) => {
      const { alt } = await check(newImageFields, req.body)
      return this.#images.add(product, files, alt)
    })
    if (added.length === 1) res.location(`${req.baseUrl}/${added[0]?.id}`)
    showList(req, res.status(201), added)
  }

  replace = async (req: Given<OfImage>, res: Response): Promise<void> => {
    const { product, image } = req.valid.params
    const replaced = await this.#upload.taking(req, async (files) => {
      const { alt = null } = await check(replacedImageFields, req.body)
      return this.#images.replace(product, image, files[0] as ReceivedFile, alt)
    })
    show(req, res, shownImage(replaced, productsOf(req)))
  }

  remove = async (req: Given<OfImage>, res: Response): Promise<void> => {
    const { product, image } = req.valid.params
    await this.#images.remove(product, image)
    res.status(204).end()
  }
}

function showList(req: Request, res: Response, images: readonly Image[]): void {
  const products = productsOf(req)
  show(req, res, {
    name: 'images',
    value: {},
    links: { self: req.originalUrl },
    items: images.map((image) => shownImage(image, products)),
    columns: IMAGE_COLUMNS,
  })
}

/** `/api/v2/products`, as this request has it: images are asked for below it, and beside it. */
function productsOf(req: Request): string {
  return req.baseUrl.replace(/(?:\/products\/[^/]*)?\/images$/, '/products')
}
