import type { HandlerOf, Request, Response } from '../../../../http/framework.js'
import { show } from '../../../../http/representations/representations.js'
import type { Image } from '../../domain/image.js'
import type { ImageService } from '../../services/image-service.js'
import type { beforeReplacement, beforeUpload, ImageContracts } from '../contracts/image-contracts.js'
import { IMAGE_COLUMNS, shownImage } from '../image-representation.js'
import type { ImageUpload } from '../upload/image-upload.js'
import { receivedFile } from '../upload/receiving-engine.js'

export class ImageController {
  readonly #images: ImageService
  readonly #upload: ImageUpload

  constructor(images: ImageService, upload: ImageUpload) {
    this.#images = images
    this.#upload = upload
  }

  list: HandlerOf<ImageContracts['listProductImages']> = async (req, res) => {
    const { product } = req.valid.params
    showList(req, res, await this.#images.ofProduct(product))
  }

  ofProducts: HandlerOf<ImageContracts['listImages']> = async (req, res) => {
    const { products } = req.valid.query
    showList(req, res, await this.#images.ofProducts(products))
  }

  read: HandlerOf<ImageContracts['readImage']> = async (req, res) => {
    const { product, image } = req.valid.params
    show(req, res, shownImage(await this.#images.image(product, image), productsOf(req)))
  }

  /** Before a form is read: whether there is a product with room for its files. */
  assertRoom: HandlerOf<typeof beforeUpload> = async (req, _res, next) => {
    await this.#images.assertRoom(req.valid.params.product)
    next()
  }

  /** Before a form is read: whether there is an image to replace. */
  assertImage: HandlerOf<typeof beforeReplacement> = async (req, _res, next) => {
    const { product, image } = req.valid.params
    await this.#images.image(product, image)
    next()
  }

  create: HandlerOf<[typeof beforeUpload, ImageContracts['uploadImages']]> = async (req, res) => {
    const { params, body, files } = req.valid
    const added = await this.#images.add(params.product, files.image.map(receivedFile), body.alt)
    await this.#upload.done(req)
    if (added.length === 1) res.location(`${req.baseUrl}/${added[0]?.id}`)
    showList(req, res.status(201), added)
  }

  replace: HandlerOf<[typeof beforeReplacement, ImageContracts['replaceImage']]> = async (req, res) => {
    const { params, body, files } = req.valid
    const { product, image } = params
    const file = receivedFile(files.image)
    const replaced = await this.#images.replace(product, image, file, body.alt ?? null)
    await this.#upload.done(req)
    show(req, res, shownImage(replaced, productsOf(req)))
  }

  remove: HandlerOf<ImageContracts['removeImage']> = async (req, res) => {
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
