import type { MemoryDatabase } from '../../../../platform/database/memory-database.js'
import type { MemoryTable } from '../../../../platform/database/memory-table.js'
import type { TokenFamilyRepository } from '../../domain/repositories.js'
import type { FamilyId, StoredToken, TokenFamily } from '../../domain/token-family.js'
import type { UserId } from '../../domain/user.js'

interface TokenRow {
  readonly hash: string
  readonly familyId: FamilyId
  readonly rotatedAt: Date | null
}

export class MemoryTokenFamilyRepository implements TokenFamilyRepository {
  readonly #families: MemoryTable<FamilyId, TokenFamily>
  readonly #tokens: MemoryTable<string, TokenRow>

  constructor(memory: MemoryDatabase) {
    this.#families = memory.table('token_families')
    this.#tokens = memory.table('refresh_tokens')
  }

  async add(family: TokenFamily, hash: string): Promise<void> {
    this.#families.set(family.id, family)
    this.#tokens.set(hash, { hash, familyId: family.id, rotatedAt: null })
  }

  async find(hash: string): Promise<StoredToken | null> {
    const token = this.#tokens.get(hash)
    const family = token && this.#families.get(token.familyId)
    return token && family ? { hash, family, rotatedAt: token.rotatedAt } : null
  }

  async rotate(hash: string, successor: string, now: Date): Promise<boolean> {
    const token = this.#tokens.get(hash)
    if (token === undefined || token.rotatedAt !== null) return false
    this.#tokens.set(hash, { ...token, rotatedAt: now })
    this.#tokens.set(successor, { hash: successor, familyId: token.familyId, rotatedAt: null })
    return true
  }

  async revoke(id: FamilyId, now: Date): Promise<void> {
    const family = this.#families.get(id)
    if (family?.revokedAt === null) this.#families.set(id, { ...family, revokedAt: now })
  }

  async revokeAllOf(userId: UserId, now: Date): Promise<void> {
    for (const family of this.#families.values()) {
      if (family.userId === userId) await this.revoke(family.id, now)
    }
  }

  async removeExpired(now: Date): Promise<number> {
    const expired = this.#families.values().filter(({ expiresAt }) => expiresAt <= now)
    const ids = new Set(expired.map(({ id }) => id))
    for (const { hash, familyId } of this.#tokens.values()) if (ids.has(familyId)) this.#tokens.delete(hash)
    for (const id of ids) this.#families.delete(id)
    return ids.size
  }
}
