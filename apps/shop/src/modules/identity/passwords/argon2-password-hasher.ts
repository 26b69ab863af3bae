import { hash, verify } from '@node-rs/argon2'
import type { PasswordHasher } from '../services/password-hasher.js'

/** OWASP's minimum for argon2id, which is the library's default algorithm: 19 MiB, 2 passes, 1 lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/** argon2id, on the threads of libuv: other requests go on meanwhile. */
export class Argon2PasswordHasher implements PasswordHasher {
  /** Of no password; made when it is first needed. */
  #decoy: Promise<string> | null = null

  hash(password: string): Promise<string> {
    return hash(password, COST)
  }

  async verify(stored: string | null, password: string): Promise<boolean> {
    if (stored !== null) return verify(stored, password)
    this.#decoy ??= hash(crypto.randomUUID(), COST)
    await verify(await this.#decoy, password)
    return false
  }
}
