import { DomainError } from '../../../domain/errors.js'
import { IMAGE_LIMITS, IMAGE_TYPES } from './image.js'

export class ImageNotFound extends DomainError {
  readonly id: string

  constructor(id: string) {
    super(`there is no image ${id}`)
    this.id = id
  }
}

/** The bytes are not those of a picture that the shop takes. */
export class NotAnImage extends DomainError {
  /** What is wrong, to be read after the name of the field. */
  readonly problem: string
  readonly expected = `a picture that is ${IMAGE_TYPES.join(', ')}, whole and not damaged`

  constructor(problem: string) {
    super(`an upload ${problem}`)
    this.problem = problem
  }
}

export class ImageSizeRefused extends DomainError {
  readonly problem: string
  readonly expected = `at most ${IMAGE_LIMITS.pixels} pixels a side and ${IMAGE_LIMITS.area} in all`

  constructor(problem: string) {
    super(`an upload ${problem}`)
    this.problem = problem
  }
}

export class TooManyImages extends DomainError {
  readonly product: number
  readonly limit = IMAGE_LIMITS.perProduct

  constructor(product: number) {
    super(`product ${product} has all the images that it may have`)
    this.product = product
  }
}
