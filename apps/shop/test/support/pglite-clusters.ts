import type { PGlite } from '@electric-sql/pglite'
import type { MemoryCluster, OpenMemoryCluster } from '#shop/platform/database/memory-cluster.js'
import { openMemoryCluster } from '#shop/platform/database/pglite-database.js'

/** The embedded databases of a process. One that was let go is emptied and used again, which takes less than a new one. */
export class PgliteClusters {
  readonly #free: MemoryCluster[] = []

  readonly open: OpenMemoryCluster = async (templates, log) => {
    const cluster = (await this.#emptied()) ?? (await openMemoryCluster(templates, log))
    return { client: cluster.client, close: async () => void this.#free.push(cluster) }
  }

  /** Null when there is none. */
  async #emptied(): Promise<MemoryCluster | null> {
    const cluster = this.#free.pop()
    if (cluster === undefined) return null
    try {
      await empty(cluster.client)
      return cluster
    } catch {
      // Such as one that was left in the middle of a transaction.
      await cluster.close()
      return this.#emptied()
    }
  }
}

/** Makes it what it was when it was new: the migrations lay in no data. */
async function empty(client: PGlite): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT quote_ident(tablename) AS name FROM pg_tables
     WHERE schemaname = 'public' AND tablename <> '__drizzle_migrations'`,
  )
  await client.exec('DISCARD ALL')
  await client.exec(`TRUNCATE ${rows.map(({ name }) => name).join(', ')} RESTART IDENTITY`)
}
