import type { Request, Response } from '../../../../http/framework.js'
import { readBody, readPath, readQuery } from '../../../../http/input/read-input.js'
import { show } from '../../../../http/representations/representations.js'
import type { Image } from '../../domain/image.js'
import type { ReceivedFile } from '../../domain/image-files.js'
import type { ImageService } from '../../services/image-service.js'
import { IMAGE_COLUMNS, shownImage } from '../image-representation.js'
import {
  imagePath,
  imagesPath,
  imagesQuery,
  newImageFields,
  replacedImageFields,
} from '../input/image-fields.js'
import type { ImageUpload } from '../upload/image-upload.js'

export class ImageController {
  readonly #images: ImageService
  readonly #upload: ImageUpload

  constructor(images: ImageService, upload: ImageUpload) {
    this.#images = images
    this.#upload = upload
  }

  list = async (req: Request, res: Response): Promise<void> => {
    const { product } = readPath(imagesPath, req)
    showList(req, res, await this.#images.ofProduct(product))
  }

  ofProducts = async (req: Request, res: Response): Promise<void> => {
    const { products } = readQuery(imagesQuery, req)
    showList(req, res, await this.#images.ofProducts(products))
  }

  read = async (req: Request, res: Response): Promise<void> => {
    const { product, image } = readPath(imagePath, req)
    show(req, res, shownImage(await this.#images.image(product, image), productsOf(req)))
  }

  /** Before a form is read: whether there is a product with room for its files. */
  assertRoom = async (req: Request): Promise<void> => {
    await this.#images.assertRoom(readPath(imagesPath, req).product)
  }

  /** Before a form is read: whether there is an image to replace. */
  assertImage = async (req: Request): Promise<void> => {
    const { product, image } = readPath(imagePath, req)
    await this.#images.image(product, image)
  }

  create = async (req: Request, res: Response): Promise<void> => {
    const { product } = readPath(imagesPath, req)
    const added = await this.#upload.taking(req, async (files) => {
      const { alt } = readBody(newImageFields, req)
      return this.#images.add(product, files, alt)
    })
    if (added.length === 1) res.location(`${req.baseUrl}/${added[0]?.id}`)
    showList(req, res.status(201), added)
  }

  replace = async (req: Request, res: Response): Promise<void> => {
    const { product, image } = readPath(imagePath, req)
    const replaced = await this.#upload.taking(req, async (files) => {
      const { alt = null } = readBody(replacedImageFields, req)
      return this.#images.replace(product, image, files[0] as ReceivedFile, alt)
    })
    show(req, res, shownImage(replaced, productsOf(req)))
  }

  remove = async (req: Request, res: Response): Promise<void> => {
    const { product, image } = readPath(imagePath, req)
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
