import { z } from 'zod'
import { component } from '../../../http/contracts/component.js'
import type { Shown } from '../../../http/representations/shown.js'
import type { Image } from '../domain/image.js'

/** Where files are served. */
export const IMAGES_PATH = '/images'

export const imageSchema = component(
  'Image',
  z.object({
    id: z.string(),
    product: z.int(),
    url: z
      .string()
      .describe('Of the file. It never changes its content; another content has another address.'),
    type: z.string(),
    width: z.int(),
    height: z.int(),
    bytes: z.int(),
    alt: z.string(),
    createdAt: z.iso.datetime(),
  }),
)

export const IMAGE_COLUMNS = [
  'id',
  'product',
  'url',
  'type',
  'width',
  'height',
  'bytes',
  'alt',
  'createdAt',
] as const

export function representImage(image: Image): z.output<typeof imageSchema> {
  const { id, product, file, type, width, height, bytes, alt, createdAt } = image
  return {
    id,
    product,
    url: addressOfFile(file),
    type,
    width,
    height,
    bytes,
    alt,
    createdAt: createdAt.toISOString(),
  }
}

export function addressOfFile(file: string): string {
  return `${IMAGES_PATH}/${file}`
}

/** `products` is the address of the products in the version that was asked. */
export function shownImage(image: Image, products: string): Shown {
  const product = `${products}/${image.product}`
  return {
    name: 'image',
    value: representImage(image),
    links: { self: `${product}/images/${image.id}`, product, enclosure: addressOfFile(image.file) },
  }
}
