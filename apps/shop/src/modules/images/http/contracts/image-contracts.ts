import { validate } from '@nozomi/schema'
import { z } from 'zod'
import { operation } from '../../../../http/contracts/operation.js'
import { PROBLEMS } from '../../../../http/problems/problem-catalogue.js'
import type { ApiVersion } from '../../../../http/versions/api-version.js'
import { IMAGE_LIMITS } from '../../domain/image.js'
import { imageSchema } from '../image-representation.js'
import {
  FIELD,
  imagePath,
  imagesPath,
  imagesQuery,
  newImageFields,
  replacedImageFields,
  uploadHeaders,
} from '../input/image-fields.js'
import { IMAGE_PROBLEMS } from '../problems.js'

/** Who may write images. */
export const WRITE = { permission: 'catalogue:write' } as const

const tag = 'images'
const list = z.object({ items: z.array(imageSchema) })
const file = { maxBytes: IMAGE_LIMITS.bytes } as const

const refusals = [IMAGE_PROBLEMS['image-too-large'], IMAGE_PROBLEMS['not-an-image']] as const
const notFound = IMAGE_PROBLEMS['image-not-found']
const noProduct = PROBLEMS['product-not-found']

/** What is asked of a request with a form before the form is read. */
export const beforeUpload = validate({ params: imagesPath, headers: uploadHeaders })
export const beforeReplacement = validate({ params: imagePath, headers: uploadHeaders })

/** Those of images in one version of the API: the notations have names of their own there. */
export type ImageContracts = ReturnType<typeof imageContracts>

/** What the routes of images take and answer. Those with a form stand behind it, and behind what is asked before. */
export function imageContracts(version: ApiVersion) {
  return { ...readingContracts(version), ...writingContracts(version) }
}

function readingContracts(version: ApiVersion) {
  const common = { method: 'get', tag } as const
  const shownList = { schema: list, shown: 'list', versions: [version] } as const
  return {
    listProductImages: operation({
      ...common,
      id: 'listProductImages',
      summary: 'Lists the images of a product',
      params: imagesPath,
      answers: { 200: { description: 'In the order in which they came.', ...shownList } },
      errors: [noProduct],
    }),
    listImages: operation({
      ...common,
      id: 'listImages',
      summary: 'Lists the images of several products',
      query: imagesQuery,
      answers: { 200: { description: 'By product.', ...shownList } },
    }),
    readImage: operation({
      ...common,
      id: 'readImage',
      summary: 'Tells of an image',
      params: imagePath,
      answers: {
        200: { description: 'The image.', schema: imageSchema, shown: 'one', versions: [version] },
      },
      errors: [notFound],
    }),
  }
}

function writingContracts(version: ApiVersion) {
  const common = { tag, security: WRITE } as const
  const versions = [version] as const
  return {
    uploadImages: operation({
      ...common,
      method: 'post',
      id: 'uploadImages',
      summary: 'Uploads images of a product: all of them or none',
      body: newImageFields,
      files: { [FIELD]: { ...file, maxCount: IMAGE_LIMITS.files } },
      answers: { 201: { description: 'The images.', schema: list, shown: 'list', versions } },
      errors: [...refusals, noProduct, IMAGE_PROBLEMS['too-many-images']],
    }),
    replaceImage: operation({
      ...common,
      method: 'put',
      id: 'replaceImage',
      summary: 'Gives an image another content',
      body: replacedImageFields,
      files: { [FIELD]: file },
      answers: {
        200: { description: 'The image as it is now.', schema: imageSchema, shown: 'one', versions },
      },
      errors: [...refusals, notFound],
    }),
    removeImage: operation({
      ...common,
      method: 'delete',
      id: 'removeImage',
      summary: 'Removes an image and its file',
      params: imagePath,
      body: null,
      answers: { 204: { description: 'It is gone.' } },
      errors: [notFound],
    }),
  }
}
