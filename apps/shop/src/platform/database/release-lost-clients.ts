import type { Pool, PoolClient } from 'pg'

/** Whoever holds a client whose connection has ended learns it with the next query, and gives it back. */
const GIVEN_BACK_WITHIN_MS = 1000

/**
 * Takes back clients whose connection has ended and that nobody gives back: Drizzle loses one when `BEGIN` fails. Each
 * would keep its place in the pool for good; after some such failures nobody would get a connection any more, and the
 * pool could not be closed.
 */
export function releaseLostClients(pool: Pool): void {
  const watched = new Map<PoolClient, () => void>()
  const leave = (client: PoolClient): void => {
    watched.get(client)?.()
    watched.delete(client)
  }
  pool.on('acquire', (client) => {
    let timer: NodeJS.Timeout | null = null
    const onEnd = (): void => {
      timer = setTimeout(() => {
        client.release(new Error('its connection has ended'))
        // Should somebody give it back after all.
        client.release = () => {}
      }, GIVEN_BACK_WITHIN_MS)
    }
    client.once('end', onEnd)
    watched.set(client, () => {
      client.off('end', onEnd)
      if (timer !== null) clearTimeout(timer)
    })
  })
  pool.on('release', (_error, client) => leave(client))
}
