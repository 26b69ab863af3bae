import { DomainError } from '../../../domain/errors.js'

export class EmailTaken extends DomainError {
  readonly email: string

  constructor(email: string) {
    super('there is an account with this e-mail address already')
    this.email = email
  }
}

export class WeakPassword extends DomainError {
  /** To be read after the name of the field. */
  readonly problem: string

  constructor(problem: string) {
    super(`the password ${problem}`)
    this.problem = problem
  }
}

/** The same for an unknown address, a wrong password, and an account without one. */
export class WrongCredentials extends DomainError {
  constructor() {
    super('the e-mail address or the password is not right')
  }
}

export class TooManyAttempts extends DomainError {
  readonly retryAfterMs: number

  constructor(retryAfterMs: number) {
    super('there were too many attempts')
    this.retryAfterMs = retryAfterMs
  }
}

/** A refresh token that is not good: unknown, expired, revoked, or used twice. */
export class RefreshRefused extends DomainError {
  constructor(reason: string) {
    super(`the refresh token is not good: ${reason}`)
  }
}

/** An access token that is not good. */
export class AccessRefused extends DomainError {
  constructor(reason: string) {
    super(`the access token ${reason}`)
  }
}

export class UserNotFound extends DomainError {
  readonly id: string

  constructor(id: string) {
    super(`there is no user ${id}`)
    this.id = id
  }
}

export class StaleUser extends DomainError {
  constructor(id: string) {
    super(`user ${id} was changed by somebody else`)
  }
}

/** Without one, nobody could make another. */
export class LastAdmin extends DomainError {
  constructor() {
    super('the last admin must stay one')
  }
}

/** The identity provider does not say that the address is the user's. */
export class EmailNotVerified extends DomainError {
  constructor() {
    super('the identity provider did not verify the e-mail address')
  }
}

/** What came back from the identity provider does not belong to the sign-in that was begun, or is no consent. */
export class FederationRefused extends DomainError {
  constructor(reason: string, cause?: unknown) {
    super(reason, { cause })
  }
}

export class FederationUnavailable extends DomainError {
  constructor(cause: unknown) {
    super('the identity provider does not answer', { cause })
  }
}
