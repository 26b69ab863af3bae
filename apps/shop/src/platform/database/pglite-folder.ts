import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The data folder of the embedded database: the cluster itself, and a marker beside it, which is written when the
 * cluster is complete (unpacked, migrated, with the sample data).
 */
export class PgliteFolder {
  /** Where the cluster is. */
  readonly cluster: string
  readonly #marker: string
  readonly #version: string

  constructor(folder: string, pgliteVersion: string) {
    this.cluster = join(folder, 'database')
    this.#marker = join(folder, 'database.json')
    this.#version = pgliteVersion
  }

  /**
   * `ready`: complete when it was last left. `absent`: there is nothing. `unfinished`: whoever made it was stopped on
   * the way, so nobody has stored anything in it. `damaged`: parts are missing.
   */
  state(): 'ready' | 'absent' | 'unfinished' | 'damaged' {
    if (!existsSync(this.#marker)) return existsSync(this.cluster) ? 'unfinished' : 'absent'
    // PGlite makes a new cluster over the old one when this file is missing.
    return existsSync(join(this.cluster, 'PG_VERSION')) && this.#markerIsReadable() ? 'ready' : 'damaged'
  }

  markReady(): void {
    const beside = `${this.#marker}.new`
    writeFileSync(beside, `${JSON.stringify({ pglite: this.#version })}\n`)
    renameSync(beside, this.#marker)
  }

  discard(): void {
    rmSync(this.#marker, { force: true })
    rmSync(this.cluster, { recursive: true, force: true })
  }

  /** Moves a cluster that can't be used out of the way; gives where it is now. Nothing of it is deleted. */
  setAside(now: Date): string {
    const aside = `${this.cluster}-unusable-${now.toISOString().replaceAll(/[:.]/g, '-')}`
    rmSync(this.#marker, { force: true })
    if (existsSync(this.cluster)) renameSync(this.cluster, aside)
    return aside
  }

  #markerIsReadable(): boolean {
    try {
      // The version is for people who look at a folder that was set aside.
      return (
        typeof (JSON.parse(readFileSync(this.#marker, 'utf8')) as { pglite?: unknown }).pglite === 'string'
      )
    } catch {
      return false
    }
  }
}
