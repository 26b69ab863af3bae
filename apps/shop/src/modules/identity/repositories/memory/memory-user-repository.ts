import type { Page } from '../../../../domain/paging.js'
import type { MemoryDatabase } from '../../../../platform/database/memory-database.js'
import type { MemoryTable } from '../../../../platform/database/memory-table.js'
import { EmailTaken } from '../../domain/errors.js'
import type { Credentials, UserFilter, UserRepository } from '../../domain/repositories.js'
import type { Role } from '../../domain/roles.js'
import type { User, UserId } from '../../domain/user.js'

export class MemoryUserRepository implements UserRepository {
  readonly #users: MemoryTable<UserId, Credentials>

  constructor(memory: MemoryDatabase) {
    this.#users = memory.table('users')
  }

  async add(user: User, passwordHash: string | null): Promise<void> {
    if ((await this.credentials(user.email)) !== null) throw new EmailTaken(user.email)
    this.#users.set(user.id, { user, passwordHash })
  }

  async find(id: UserId): Promise<User | null> {
    return this.#users.get(id)?.user ?? null
  }

  async namesOf(ids: readonly UserId[]): Promise<ReadonlyMap<UserId, string>> {
    const found = ids.flatMap((id) => this.#users.get(id)?.user ?? [])
    return new Map(found.map(({ id, name }) => [id, name]))
  }

  async credentials(email: string): Promise<Credentials | null> {
    return this.#users.values().find(({ user }) => user.email === email) ?? null
  }

  async page({ role }: UserFilter, offset: number, limit: number): Promise<Page<User>> {
    const found = this.#all()
      .filter(({ roles }) => role === null || roles.includes(role))
      .toSorted(
        (left, right) =>
          left.createdAt.getTime() - right.createdAt.getTime() || (left.id < right.id ? -1 : 1),
      )
    return { items: found.slice(offset, offset + limit), total: found.length }
  }

  async save(user: User, expectedVersion: number): Promise<boolean> {
    const stored = this.#users.get(user.id)
    if (stored?.user.version !== expectedVersion) return false
    this.#users.set(user.id, { ...stored, user })
    return true
  }

  async removePassword(id: UserId): Promise<void> {
    const stored = this.#users.get(id)
    if (stored !== undefined) this.#users.set(id, { ...stored, passwordHash: null })
  }

  async countWith(role: Role): Promise<number> {
    return this.#all().filter(({ roles }) => roles.includes(role)).length
  }

  #all(): User[] {
    return this.#users.values().map(({ user }) => user)
  }
}
