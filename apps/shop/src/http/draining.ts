import type { RequestHandler, Response } from './framework.js'

/**
 * A shop that is about to stop, in two steps. First it says that it is not ready, and answers as ever, so that balancers
 * look elsewhere. When it takes no more connections, it asks each client, also those whose request is under way, to open
 * its next connection elsewhere. A connection that is closed without this word may take a request with it that its
 * client has just sent; and a client that heard it too early would come back here.
 */
export class Draining {
  readonly #underWay = new Set<Response>()
  #isAnnounced = false
  #isClosing = false

  get isAnnounced(): boolean {
    return this.#isAnnounced
  }

  announce(): void {
    this.#isAnnounced = true
  }

  /** Once no new connections are taken. */
  closeConnections(): void {
    this.#isClosing = true
    for (const res of this.#underWay) sayClose(res)
  }

  readonly middleware: RequestHandler = (_req, res, next) => {
    if (this.#isClosing) sayClose(res)
    this.#underWay.add(res)
    res.once('close', () => this.#underWay.delete(res))
    next()
  }
}

function sayClose(res: Response): void {
  if (!res.headersSent) res.set('Connection', 'close')
}
