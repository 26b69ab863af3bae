import type { Server } from 'node:http'
import type { Presence } from '../../../platform/realtime/presence.js'
import type { SocketHub } from '../../../platform/realtime/socket-hub.js'
import type { Worker } from '../../module.js'

/** Runs the sockets beside the requests. */
export class ChatWorker implements Worker {
  readonly name = 'chat'
  readonly #hub: SocketHub
  readonly #presence: Presence
  readonly #listen: () => void

  /** `listen` is called once, before the first connection. */
  constructor(hub: SocketHub, presence: Presence, listen: () => void) {
    this.#hub = hub
    this.#presence = presence
    this.#listen = listen
  }

  async start(server: Server): Promise<void> {
    this.#listen()
    await this.#presence.start()
    await this.#hub.start(server)
  }

  async drain(): Promise<void> {
    await this.#hub.drain()
  }

  async stop(): Promise<void> {
    await this.#hub.stop()
    await this.#presence.stop()
  }
}
