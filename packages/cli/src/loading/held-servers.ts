import { EventEmitter, once } from 'node:events'
import { Server } from 'node:net'
import { isApplication, type Application } from './application.js'

type Listen = (this: Server, ...args: never[]) => Server

/**
 * Servers for requests that were told to listen, and don't. Every server of node, and each one of Nozomi's, listens by
 * `net.Server.prototype.listen`: as long as they are held, it opens no port for them, says nothing, and calls nobody back.
 * What answers no requests listens as ever: so do many look for a port that is free.
 */
export class HeldServers {
  readonly #events = new EventEmitter()
  readonly #applications: Application[] = []

  private constructor() {}

  /** From now on, in the whole process. */
  static hold(): HeldServers {
    const held = new HeldServers()
    const ownListen = Server.prototype.listen as Listen
    Server.prototype.listen = function listen(this: Server, ...args: never[]) {
      if (this.listenerCount('request') === 0) return ownListen.apply(this, args)
      held.#add(this)
      return this
    }
    return held
  }

  /** The first application that a server was made for; null when none has been told to listen. */
  get application(): Application | null {
    return this.#applications[0] ?? null
  }

  /** Waits for the first application that is told to listen. */
  async waitForApplication(signal: AbortSignal): Promise<void> {
    if (this.application === null) await once(this.#events, 'application', { signal })
  }

  #add(server: Server): void {
    const app = applicationOf(server)
    if (app === null) return
    this.#applications.push(app)
    this.#events.emit('application')
  }
}

/** The application that answers the requests of a server. */
export function applicationOf(server: EventEmitter): Application | null {
  return server.listeners('request').find((listener) => isApplication(listener)) ?? null
}
