import { DomainError } from '../../../domain/errors.js'

/** There is none, or it is somebody else's. */
export class NotificationNotFound extends DomainError {
  readonly id: string

  constructor(id: string) {
    super(`there is no notification ${id}`)
    this.id = id
  }
}
