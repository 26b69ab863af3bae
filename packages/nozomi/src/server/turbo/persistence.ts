/*
 * The fields that say that the connection goes on, with the date in front of them: one text for all answers of a second.
 */

export class Persistence {
  #second = -1
  #timeoutMs = -1
  #text = ''

  /** @param timeoutMs how long an idle connection is kept; 0: for any time */
  text(timeoutMs: number): string {
    const now = Date.now()
    const second = Math.floor(now / 1000)
    if (second !== this.#second || timeoutMs !== this.#timeoutMs) {
      this.#second = second
      this.#timeoutMs = timeoutMs
      const hint = timeoutMs ? `Keep-Alive: timeout=${Math.floor(timeoutMs / 1000)}\r\n` : ''
      this.#text = `Date: ${new Date(now).toUTCString()}\r\nConnection: keep-alive\r\n${hint}`
    }
    return this.#text
  }
}
