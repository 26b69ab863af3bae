import { z } from 'zod'
import { isId } from '../../../../domain/ids.js'
import { expecting } from '../../../../http/input/expectation.js'
import { whole, line } from '../../../../http/input/text.js'
import { IMAGE_LIMITS, type ImageId } from '../../domain/image.js'

/** The field of the form that holds files. */
export const FIELD = 'image'

const MAX_ID = 2_147_483_647

const product = expecting(`a whole number from 1 to ${MAX_ID}`, whole(1, MAX_ID))

const uuid = (what: string) =>
  expecting(
    `${what}: a UUID in small letters`,
    z.string().refine((text): text is ImageId => isId<'image'>(text)),
  )

export const imagesPath = z.object({ product })

export const imagePath = z.object({ product, image: uuid('the id of an image') })

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
      .pipe(z.array(z.int().min(1).max(MAX_ID)).max(MAX_PRODUCTS)),
  ),
})

export const uploadPath = z.object({ upload: uuid('the Upload-Id that was sent with the upload') })

/** The field by which the progress of an upload can be asked for. */
export const uploadHeaders = z.object({ 'upload-id': uuid('an id that you choose').optional() })
