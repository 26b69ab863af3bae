import { DomainError } from '../../../domain/errors.js'

/** There is no such event, or it is not one that was given up. */
export class DeadEventNotFound extends DomainError {
  readonly id: string

  constructor(id: string) {
    super(`there is no dead event ${id}`)
    this.id = id
  }
}
