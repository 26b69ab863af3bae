import type { State } from '../../../platform/state/state.js'
import type { FamilyId } from '../domain/token-family.js'
import type { UserId } from '../domain/user.js'
import { ACCESS_LIFETIME_MS, type AccessClaims } from './access-tokens.js'

/**
 * What has ended while access tokens of it are still about. Kept in the shared state, so that all instances know at
 * once, and only as long as the longest of those tokens lives.
 */
export class Endings {
  readonly #state: State

  constructor(state: State) {
    this.#state = state
  }

  async endFamily(id: FamilyId): Promise<void> {
    await this.#state.set(familyKey(id), '1', { expiresInMs: ACCESS_LIFETIME_MS })
  }

  /** All tokens of the user from before this generation. */
  async endBefore(userId: UserId, generation: number): Promise<void> {
    await this.#state.set(generationKey(userId), String(generation), { expiresInMs: ACCESS_LIFETIME_MS })
  }

  async hasEnded({ familyId, user }: AccessClaims): Promise<boolean> {
    const [family, generation] = await Promise.all([
      this.#state.get(familyKey(familyId)),
      this.#state.get(generationKey(user.id)),
    ])
    return family !== null || Number(generation ?? 0) > user.generation
  }
}

function familyKey(id: FamilyId): string {
  return `identity:ended:${id}`
}

function generationKey(id: UserId): string {
  return `identity:generation:${id}`
}
