import { invalidInput } from '../../../http/problems/invalid-input.js'
import { defineProblems, Problem } from '../../../http/problems/problem.js'
import { ImageNotFound, ImageSizeRefused, NotAnImage, TooManyImages } from '../domain/errors.js'
import { FIELD } from './input/image-fields.js'

export const IMAGE_PROBLEMS = defineProblems({
  'image-not-found': {
    status: 404,
    title: 'There is no such image',
    explanation: 'It never was, or it was removed.',
  },
  'upload-not-found': {
    status: 404,
    title: 'Nothing is known of this upload',
    explanation: 'It has not begun, ended some minutes ago, or is somebody else’s.',
  },
  'too-many-images': {
    status: 409,
    title: 'The product has all the images that it may have',
    explanation: 'Remove one of them, or replace one. `detail` names the limit.',
  },
  'image-changed': {
    status: 412,
    title: 'The image is another one',
    explanation: 'What the conditions of the request say of the file is not so.',
  },
  'range-not-satisfiable': {
    status: 416,
    title: 'The image has no such part',
    explanation: '`Content-Range` says how many bytes it has.',
  },
  'image-too-large': {
    status: 413,
    title: 'The image is too large',
    explanation: '`issues` names the limit.',
  },
  'not-an-image': {
    status: 415,
    title: 'The file is not an image that the shop takes',
    explanation: 'Its bytes decide, not its name or its Content-Type.',
  },
})

/** What a client is told about the errors of images. */
export function problemOfImages(error: unknown): Problem | null {
  if (error instanceof ImageNotFound) {
    return new Problem(IMAGE_PROBLEMS['image-not-found'], `There is no image ${error.id} of this product.`)
  }
  if (error instanceof TooManyImages) {
    const detail = `Product ${error.product} may have ${error.limit} images at most.`
    return new Problem(IMAGE_PROBLEMS['too-many-images'], detail)
  }
  if (error instanceof NotAnImage) {
    const { problem, expected } = error
    const errors = [{ in: 'files', field: FIELD, problem, expected }] as const
    return new Problem(IMAGE_PROBLEMS['not-an-image'], `${FIELD} ${problem}; expected ${expected}.`, {
      errors,
    })
  }
  if (error instanceof ImageSizeRefused) {
    const { problem, expected } = error
    return invalidInput([{ in: 'files', field: FIELD, problem, expected }])
  }
  return null
}
