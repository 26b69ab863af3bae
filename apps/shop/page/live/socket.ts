import type { Socket } from 'socket.io-client'
import { ApiError } from '../api/api-error.js'
import { session } from '../session/session.js'

const ANSWER_MS = 8000

type Heard = (payload: never) => void

type ConnectFailure = Error & { readonly data?: { readonly code?: string } }

/**
 * The connection of who is signed in, for chat and notifications. It comes back by itself, and brings a new token when
 * the old one has ended. What is said over it stands in the chat's PROTOCOL.md.
 */
export class LiveSocket {
  #socket: Promise<Socket> | null = null
  readonly #heard: (readonly [event: string, heard: Heard])[] = []

  constructor() {
    session.onChange((user) => {
      this.#close()
      // What fails now is tried again by whoever asks for something.
      if (user !== null) this.#open().catch(() => {})
    })
  }

  /** Hears an event, on each connection from now on, until the signal is aborted. `connect` and `disconnect` too. */
  on<P>(event: string, heard: (payload: P) => void, signal?: AbortSignal): void {
    const entry = [event, heard as Heard] as const
    this.#heard.push(entry)
    signal?.addEventListener('abort', () => this.#heard.splice(this.#heard.indexOf(entry), 1))
  }

  /** Sends an event; gives its acknowledgement, or throws an ApiError with the problem. */
  async ask<A>(event: string, payload: object): Promise<A> {
    const socket = await this.#open()
    const answer = (await socket.timeout(ANSWER_MS).emitWithAck(event, payload)) as {
      readonly ok: boolean
      readonly problem?: { readonly status: number }
    }
    if (answer.problem !== undefined) throw new ApiError(answer.problem.status, answer.problem)
    return answer as A
  }

  /** Whether it is connected now. */
  async isConnected(): Promise<boolean> {
    return (await this.#socket?.catch(() => null))?.connected ?? false
  }

  #open(): Promise<Socket> {
    if (this.#socket === null) {
      const socket = this.#connect()
      this.#socket = socket
      socket.catch(() => {
        if (this.#socket === socket) this.#socket = null
      })
    }
    return this.#socket
  }

  async #connect(): Promise<Socket> {
    // Only who is signed in needs it.
    const { io } = await import('./socket-client.js')
    const socket = io({ transports: ['websocket'], auth: giveToken, reconnectionDelayMax: 10_000 })
    socket.on('connect_error', (failure: ConnectFailure) => void this.#comeBack(socket, failure))
    socket.on('session:expired', () => void this.#renew(socket).catch(() => {}))
    socket.on('connect', () => this.#tell('connect', null))
    socket.onAny((event: string, payload: unknown) => this.#tell(event, payload))
    socket.on('disconnect', () => this.#tell('disconnect', null))
    return socket
  }

  /** The client tries again by itself, but not with a token that was refused. */
  async #comeBack(socket: Socket, { data }: ConnectFailure): Promise<void> {
    if (data?.code === 'unauthenticated' && (await session.refresh())) socket.connect()
  }

  /** The connection has left its rooms: it is as new for those who hear it. */
  async #renew(socket: Socket): Promise<void> {
    await session.refresh()
    const token = await session.token()
    if (token === null) {
      // By a session: its cookie comes with a connection, and a newer one with a new connection only.
      if (session.user !== null) socket.disconnect().connect()
      return
    }
    const answer: { ok: boolean } = await socket.timeout(ANSWER_MS).emitWithAck('session:renew', { token })
    if (answer.ok) this.#tell('connect', null)
  }

  #close(): void {
    this.#socket?.then((socket) => socket.disconnect()).catch(() => {})
    this.#socket = null
  }

  #tell(event: string, payload: unknown): void {
    // Those who hear it may stop hearing meanwhile: the list is another one then.
    for (const [, heard] of this.#heard.filter(([name]) => name === event)) heard(payload as never)
  }
}

/** For each connection anew: a later one brings the token of then. */
function giveToken(give: (data: object) => void): void {
  session.token().then(
    (token) => give({ token }),
    () => give({}),
  )
}

export const live = new LiveSocket()
