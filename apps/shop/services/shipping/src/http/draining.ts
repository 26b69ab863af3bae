import type { RequestHandler, Response } from 'nozomi'

/**
 * A service that is about to stop: it still answers, and asks each client to open its next connection elsewhere. A
 * connection that is closed without this word may take a request with it that its client has just sent.
 */
export class Draining {
  readonly #underWay = new Set<Response>()
  #hasBegun = false

  get hasBegun(): boolean {
    return this.#hasBegun
  }

  begin(): void {
    this.#hasBegun = true
    for (const res of this.#underWay) sayClose(res)
  }

  readonly middleware: RequestHandler = (_req, res, next) => {
    if (this.#hasBegun) sayClose(res)
    this.#underWay.add(res)
    res.once('close', () => this.#underWay.delete(res))
    next()
  }
}

function sayClose(res: Response): void {
  if (!res.headersSent) res.set('Connection', 'close')
}
