import { z } from 'zod'
import type { OperationDescription } from '../../../http/openapi/operation.js'
import type { ProblemKind } from '../../../http/problems/problem.js'
import { IMAGE_LIMITS } from '../domain/image.js'
import { imageSchema } from './image-representation.js'
import { imagePath, imagesPath, imagesQuery, uploadHeaders, uploadPath } from './input/image-fields.js'
import { IMAGE_PROBLEMS } from './problems.js'
import { WRITE_PERMISSION } from './routes/image-routes.js'

const tag = 'images'
const security = { permission: WRITE_PERMISSION }
const list = z.object({ items: z.array(imageSchema) })
const file = z.string().meta({ contentMediaType: 'application/octet-stream' })
const alt = z.string().max(IMAGE_LIMITS.altLength).optional()

const manyFiles = z.object({ image: z.array(file).min(1).max(IMAGE_LIMITS.files), alt })
const oneFile = z.object({ image: file, alt })

const types = ['multipart/form-data']
const refusals = [IMAGE_PROBLEMS['image-too-large'], IMAGE_PROBLEMS['not-an-image']]
const notFound = IMAGE_PROBLEMS['image-not-found']

/** The catalogue says so; its HTTP is its own. */
const noProduct: ProblemKind = {
  code: 'product-not-found',
  status: 404,
  title: 'There is no such product',
  explanation: 'As the catalogue explains it.',
}

/** `/products/:product/images` */
export const PRODUCT_IMAGE_OPERATIONS: readonly OperationDescription[] = [
  {
    method: 'get',
    path: '/',
    id: 'listProductImages',
    tag,
    summary: 'Lists the images of a product',
    parameters: { path: imagesPath },
    answers: { 200: { description: 'In the order in which they came.', schema: list, shown: 'list' } },
    errors: [noProduct],
  },
  {
    method: 'post',
    path: '/',
    id: 'uploadImages',
    tag,
    summary: 'Uploads images of a product: all of them or none',
    parameters: { path: imagesPath, header: uploadHeaders },
    body: { schema: manyFiles, types },
    answers: { 201: { description: 'The images.', schema: list, shown: 'list' } },
    errors: [...refusals, noProduct, IMAGE_PROBLEMS['too-many-images']],
    security,
  },
  {
    method: 'get',
    path: '/{image}',
    id: 'readImage',
    tag,
    summary: 'Tells of an image',
    parameters: { path: imagePath },
    answers: { 200: { description: 'The image.', schema: imageSchema, shown: 'one' } },
    errors: [notFound],
  },
  {
    method: 'put',
    path: '/{image}',
    id: 'replaceImage',
    tag,
    summary: 'Gives an image another content',
    parameters: { path: imagePath, header: uploadHeaders },
    body: { schema: oneFile, types },
    answers: { 200: { description: 'The image as it is now.', schema: imageSchema, shown: 'one' } },
    errors: [...refusals, notFound],
    security,
  },
  {
    method: 'delete',
    path: '/{image}',
    id: 'removeImage',
    tag,
    summary: 'Removes an image and its file',
    parameters: { path: imagePath },
    answers: { 204: { description: 'It is gone.' } },
    errors: [notFound],
    security,
  },
]

/** `/images` */
export const IMAGE_LIST_OPERATIONS: readonly OperationDescription[] = [
  {
    method: 'get',
    path: '/',
    id: 'listImages',
    tag,
    summary: 'Lists the images of several products',
    parameters: { query: imagesQuery },
    answers: { 200: { description: 'By product.', schema: list, shown: 'list' } },
  },
]

/** `/uploads` */
export const UPLOAD_OPERATIONS: readonly OperationDescription[] = [
  {
    method: 'get',
    path: '/{upload}',
    id: 'readUpload',
    tag,
    summary: 'Tells how far an upload of yours is',
    description: 'As JSON how it is now, as `text/event-stream` how it goes on, to its end.',
    parameters: { path: uploadPath },
    answers: {
      200: {
        description: 'The progress.',
        schema: z.object({
          state: z.enum(['receiving', 'done', 'failed']),
          received: z.int().describe('Bytes of files that are stored.'),
          total: z.int().nullable().describe('Bytes of the whole request; null when it does not say so.'),
        }),
        types: ['application/json', 'text/event-stream'],
      },
    },
    errors: [IMAGE_PROBLEMS['upload-not-found']],
    security,
  },
]
