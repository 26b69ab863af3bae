import { hash, verify } from '@node-rs/argon2'
import type { PasswordHasher } from '../services/password-hasher.js'

/** What a hash costs whoever makes one, and so whoever guesses. */
export interface PasswordCost {
  /** In KiB. */
  readonly memoryCost: number
  /** How often it goes over the memory. */
  readonly timeCost: number
  readonly parallelism: number
}

/** OWASP's minimum for argon2id, which is the library's default algorithm: 19 MiB, 2 passes, 1 lane. */
const COST: PasswordCost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** argon2id, on the threads of libuv: other requests go on meanwhile. */
export class Argon2PasswordHasher implements PasswordHasher {
  readonly #cost: PasswordCost
  /** Of no password; made when it is first needed. */
  #decoy: Promise<string> | null = null

  constructor(cost: PasswordCost = COST) {
    this.#cost = cost
  }

  hash(password: string): Promise<string> {
    return hash(password, this.#cost)
  }

  async verify(stored: string | null, password: string): Promise<boolean> {
    if (stored !== null) return verify(stored, password)
    this.#decoy ??= this.hash(crypto.randomUUID())
    await verify(await this.#decoy, password)
    return false
  }
}
