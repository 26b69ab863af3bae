import type { Socket } from 'node:net'

/** Values of cookies whose client is remembered. */
const KEPT = 10_000

/**
 * Tells clients apart, so that a recording of many can be replayed with a jar of cookies for each: a request belongs to
 * whoever was given one of its cookies, else to whoever used its connection.
 */
export class RecordedClients {
  readonly #byCookie = new Map<string, string>()
  readonly #bySocket = new WeakMap<Socket, string>()
  #count = 0

  clientOf(socket: Socket, cookies: string): string {
    const pairs = pairsOf(cookies)
    const byCookie = pairs.map((pair) => this.#byCookie.get(pair)).find((client) => client !== undefined)
    const client =
      byCookie ?? (pairs.length === 0 ? this.#bySocket.get(socket) : undefined) ?? `client-${++this.#count}`
    this.#bySocket.set(socket, client)
    this.#remember(pairs, client)
    return client
  }

  learn(client: string, setCookies: readonly string[]): void {
    this.#remember(
      setCookies.map((one) => (one.split(';')[0] ?? '').trim()),
      client,
    )
  }

  #remember(pairs: readonly string[], client: string): void {
    for (const pair of pairs) if (!this.#byCookie.has(pair)) this.#byCookie.set(pair, client)
    for (const pair of this.#byCookie.keys()) {
      if (this.#byCookie.size <= KEPT) break
      this.#byCookie.delete(pair)
    }
  }
}

function pairsOf(cookies: string): string[] {
  return cookies
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair !== '')
}
