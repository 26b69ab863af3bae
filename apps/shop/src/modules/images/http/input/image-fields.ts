import { z } from 'zod'
import { expecting } from '../../../../http/input/expectation.js'
import { idOf, MAX_NUMBERED_ID, numberedId } from '../../../../http/input/id.js'
import { line } from '../../../../http/input/text.js'
import { IMAGE_LIMITS } from '../../domain/image.js'

/** The field of the form that holds files. */
export const FIELD = 'image'

export const imagesPath = z.object({ product: numberedId })

export const imagePath = z.object({ product: numberedId, image: idOf<'image'>('the id of an image') })

const alt = expecting(
  `a line of text with at most ${IMAGE_LIMITS.altLength} characters`,
  line(0, IMAGE_LIMITS.altLength),
)

/** What the form holds beside files. */
export const newImageFields = z.strictObject({ alt: alt.default('') })
export const replacedImageFields = z.strictObject({ alt: alt.optional() })

const MAX_PRODUCTS = 100

/** `?products=1,2,3` */
export const imagesQuery = z.strictObject({
  products: expecting(
    `1 to ${MAX_PRODUCTS} ids of products with commas between them, such as 1,2,3`,
    z
      .string()
      .regex(/^\d{1,10}(?:,\d{1,10})*$/)
      .transform((text) => text.split(',').map(Number))
      .pipe(z.array(z.int().min(1).max(MAX_NUMBERED_ID)).max(MAX_PRODUCTS)),
  ),
})

export const uploadPath = z.object({ upload: idOf<'upload'>('the Upload-Id that was sent with the upload') })

/** The field by which the progress of an upload can be asked for. */
export const uploadHeaders = z.object({ 'upload-id': idOf<'upload'>('an id that you choose').optional() })
