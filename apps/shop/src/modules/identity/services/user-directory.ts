import { isId } from '../../../domain/ids.js'
import type { UserRepository } from '../domain/repositories.js'
import type { UserId } from '../domain/user.js'

/** What other modules may know of users: who there is, and what they are called. */
export interface UserDirectory {
  /** The names of those that there are, by their ids; what is no id of a user is left out. */
  namesOf(ids: Iterable<string>): Promise<ReadonlyMap<string, string>>
}

export class StoredUserDirectory implements UserDirectory {
  readonly #users: UserRepository

  constructor(users: UserRepository) {
    this.#users = users
  }

  async namesOf(ids: Iterable<string>): Promise<ReadonlyMap<string, string>> {
    const possible = [...new Set(ids)].filter((id): id is UserId => isId<'user'>(id))
    return possible.length === 0 ? new Map() : this.#users.namesOf(possible)
  }
}
