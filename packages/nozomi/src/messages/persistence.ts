/*
 * The fields that node adds to the end of an answer after which the connection goes on: Date, Connection, Keep-Alive.
 *
 * Perf: they are the same for a second, so they are written once a second (bench/run.mjs hello).
 */

interface Kept {
  /** Milliseconds since 1970: the start of the second for which `text` holds. */
  second: number
  timeoutMs: number
  text: string
}

// Invariant: neither is looked up later. Parity: who stops the clocks in a test does not stop node's.
const { now } = Date
const DateOfNode = Date

/** The writer of one server, or of all of node's. */
export class Persistence {
  readonly #kept: Kept = { second: Number.NaN, timeoutMs: Number.NaN, text: '' }

  /** @param timeoutMs how long the server waits for the next request; 0 for ever, which is not announced */
  fields(timeoutMs: number): string {
    const kept = this.#kept
    const time = now()
    const age = time - kept.second
    if (age >= 0 && age < 1000 && kept.timeoutMs === timeoutMs) return kept.text
    kept.second = time - (time % 1000)
    kept.timeoutMs = timeoutMs
    return (kept.text = formatPersistence(new DateOfNode(time), timeoutMs))
  }
}

function formatPersistence(date: Date, timeoutMs: number): string {
  const keepAlive = timeoutMs ? `Keep-Alive: timeout=${Math.floor(timeoutMs / 1000)}\r\n` : ''
  return `Date: ${date.toUTCString()}\r\nConnection: keep-alive\r\n${keepAlive}`
}
