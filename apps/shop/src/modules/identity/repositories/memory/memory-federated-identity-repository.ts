import type { MemoryDatabase } from '../../../../platform/database/memory-database.js'
import type { MemoryTable } from '../../../../platform/database/memory-table.js'
import type { FederatedIdentityRepository } from '../../domain/repositories.js'
import type { UserId } from '../../domain/user.js'

export class MemoryFederatedIdentityRepository implements FederatedIdentityRepository {
  readonly #identities: MemoryTable<string, UserId>

  constructor(memory: MemoryDatabase) {
    this.#identities = memory.table('federated_identities')
  }

  async find(issuer: string, subject: string): Promise<UserId | null> {
    return this.#identities.get(keyOf(issuer, subject)) ?? null
  }

  async add(issuer: string, subject: string, userId: UserId): Promise<void> {
    const key = keyOf(issuer, subject)
    if (!this.#identities.has(key)) this.#identities.set(key, userId)
  }
}

function keyOf(issuer: string, subject: string): string {
  return JSON.stringify([issuer, subject])
}
