/** What the shop refuses, whoever asks. The edge (HTTP, sockets, consumers) decides how to say it. */
export abstract class DomainError extends Error {
  override get name(): string {
    return this.constructor.name
  }
}

/** The storage can't be reached, or does not answer in time. Trying again later may help. */
export class StorageUnavailable extends DomainError {
  constructor(cause: unknown) {
    super('the storage of the shop can not be reached', { cause })
  }
}

/** What instances share (Redis) can't be reached, or does not answer in time. Trying again later may help. */
export class StateUnavailable extends DomainError {
  constructor(cause: unknown) {
    super('the shared state of the shop can not be reached', { cause })
  }
}

/** A transaction met others on the same data, again and again, until its attempts were used up. Nothing was stored. */
export class TransactionConflict extends DomainError {
  readonly attempts: number

  constructor(attempts: number, cause: unknown) {
    super(`a transaction was in conflict with others ${attempts} times`, { cause })
    this.attempts = attempts
  }
}

/** Amounts of two currencies can't be added or compared. */
export class CurrencyMismatch extends DomainError {
  constructor(left: string, right: string) {
    super(`${left} and ${right} are different currencies`)
  }
}

/** A request with this idempotency key is being answered just now. */
export class KeyInFlight extends DomainError {
  readonly key: string

  constructor(key: string) {
    super(`a request with the key ${key} is under way`)
    this.key = key
  }
}

/** The idempotency key was used for another request. */
export class KeyReused extends DomainError {
  readonly key: string

  constructor(key: string) {
    super(`the key ${key} was used for another request`)
    this.key = key
  }
}
