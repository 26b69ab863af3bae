import type { Id } from '../../../domain/ids.js'

export type ImageId = Id<'image'>

export const IMAGE_TYPES = ['image/jpeg', 'image/png', 'image/webp'] as const

export type ImageType = (typeof IMAGE_TYPES)[number]

/** How the name of a file ends, by its type. */
export const EXTENSIONS: Readonly<Record<ImageType, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
}

export const IMAGE_LIMITS = {
  bytes: 5 * 1024 * 1024,
  /** Of one upload. */
  files: 4,
  perProduct: 8,
  altLength: 200,
  /** Of each side. */
  pixels: 8000,
  /** Of the whole: a browser needs four bytes for each, however small the file is. */
  area: 40_000_000,
} as const

export interface Dimensions {
  readonly width: number
  readonly height: number
}

/** What a file was found to be, by its bytes. */
export interface Picture extends Dimensions {
  readonly type: ImageType
  readonly bytes: number
}

/** A photograph of a product. */
export interface Image extends Picture {
  readonly id: ImageId
  readonly product: number
  /** The name of its file: random, never what the uploader called it. Another content has another name. */
  readonly file: string
  /** What it shows, for who can't see it. */
  readonly alt: string
  readonly createdAt: Date
}

/** Null when nothing is wrong with the size of a picture; or else what is, for people. */
export function sizeComplaint({ width, height }: Dimensions): string | null {
  const { pixels, area } = IMAGE_LIMITS
  if (width >= 1 && height >= 1 && width <= pixels && height <= pixels && width * height <= area) return null
  return `is ${width} × ${height} pixels`
}
