import type { Server as HttpServer } from 'node:http'
import { Server, type Socket } from 'socket.io'
import type { Log } from '../log/log.js'
import type { AnyState } from '../state/open-state.js'
import { openRedisSocketAdapter, type SocketAdapter } from './redis-socket-adapter.js'
import { type HandshakeAuthenticator, SocketSession, type SessionTimes } from './socket-session.js'
import type { UserPush } from './user-push.js'

export interface SocketLimits extends SessionTimes {
  /** The largest frame that a client may send; it is disconnected when it sends a larger one. */
  readonly frameBytes: number
  readonly connectionsPerUser: number
  /** How often everybody is asked who they are, in ms, whether they do something or not. */
  readonly checkEveryMs: number
  /** How long a connection may be open without saying who it is, in ms. */
  readonly helloWithinMs: number
}

export interface SocketHubOptions {
  readonly state: AnyState
  readonly log: Log
  readonly authenticator: HandshakeAuthenticator
  readonly limits: SocketLimits
  /** The origins of other sites whose pages may connect. */
  readonly origins: readonly string[]
}

type OnSession = (session: SocketSession) => void

/** The sockets of this instance, and the way to those of all others. Knows connections and rooms, not what they say. */
export class SocketHub implements UserPush {
  readonly #options: SocketHubOptions
  readonly #sessions = new Map<string, SocketSession>()
  readonly #onSession: OnSession[] = []
  readonly #onCheck: OnSession[] = []
  readonly #onExpired: OnSession[] = []
  /** Those who have said who they are, and are not counted as connected yet. */
  readonly #admitted = new WeakMap<Socket, SocketSession>()
  #io: Server | null = null
  #adapter: SocketAdapter | null = null
  #timer: NodeJS.Timeout | null = null
  #isDraining = false

  constructor(options: SocketHubOptions) {
    this.#options = options
  }

  /** For each connection that has said who it is. */
  onSession(listener: OnSession): void {
    this.#onSession.push(listener)
  }

  /** From time to time, for each connection whose user is still good. */
  onCheck(listener: OnSession): void {
    this.#onCheck.push(listener)
  }

  /** For each connection whose user is no longer good: it has left all rooms, and may come back by `renew`. */
  onExpired(listener: OnSession): void {
    this.#onExpired.push(listener)
  }

  /** Lets a connection go on with another token. Rejects with SessionExpired when that is not good. */
  async renew(session: SocketSession, token: string): Promise<void> {
    await session.renew(token)
    await session.socket.join(userRoom(session.userId))
  }

  /** How many connections this instance has. */
  get size(): number {
    return this.#sessions.size
  }

  async start(server: HttpServer): Promise<void> {
    const { state, log, limits, origins } = this.#options
    if ('client' in state) this.#adapter = await openRedisSocketAdapter(state, log)
    const io = new Server(server, {
      // Security: no polling. It would need sticky sessions behind a balancer, and takes cookies from other sites.
      transports: ['websocket'],
      serveClient: false,
      maxHttpBufferSize: limits.frameBytes,
      connectTimeout: limits.helloWithinMs,
      allowRequest: ({ headers }, decide) =>
        decide(null, !this.#isDraining && (isSameOrigin(headers) || origins.includes(headers.origin ?? ''))),
      ...(this.#adapter !== null && { adapter: this.#adapter.create }),
    })
    this.#io = io
    io.use((socket, next) => {
      this.#admit(socket).then(() => next(), next)
    })
    io.on('connection', (socket) => this.#welcome(socket))
    this.#timer = setInterval(() => this.#checkAll(), limits.checkEveryMs)
  }

  /** Ends the connections such that their clients come back by themselves, elsewhere. */
  async drain(): Promise<void> {
    this.#isDraining = true
    for (const { socket } of this.#sessions.values()) socket.conn.close()
  }

  async stop(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer)
    await this.drain()
    await this.#io?.close()
    this.#io = null
    await this.#adapter?.close()
  }

  toUser(userId: string, event: string, payload: object): void {
    this.#io?.to(userRoom(userId)).emit(event, payload)
  }

  toRoom(room: string, event: string, payload: object): void {
    this.#io?.to(room).emit(event, payload)
  }

  /** To those of this instance: for what each instance finds out by itself. */
  toRoomHere(room: string, event: string, payload: object): void {
    this.#io?.local.to(room).emit(event, payload)
  }

  /** Puts all connections of a user out of a room, on every instance. */
  putOut(userId: string, room: string): void {
    this.#io?.in(userRoom(userId)).socketsLeave(room)
  }

  async #admit(socket: Socket): Promise<void> {
    const { authenticator, limits, log } = this.#options
    const { token: given } = socket.handshake.auth as { token?: unknown }
    const token = typeof given === 'string' ? given : null
    const principal = await authenticator
      .authenticate({ request: socket.request, token })
      .catch((error: unknown) => {
        if (authenticator.isRefusal(error)) return null
        log.error('it could not be found out who connects', error)
        throw refusal('unavailable', 'It can not be found out who you are at the moment; try again later.')
      })
    if (principal === null)
      throw refusal('unauthenticated', 'Sign in, or give a good access token as auth.token.')
    const room = userRoom(principal.id)
    if ((this.#io?.of('/').adapter.rooms.get(room)?.size ?? 0) >= limits.connectionsPerUser) {
      const detail = `You have ${limits.connectionsPerUser} connections already; close one.`
      throw refusal('too-many-connections', detail)
    }
    // Joined at once, so that those who come at the same time are counted.
    await socket.join(room)
    this.#admitted.set(socket, new SocketSession(socket, principal, token, authenticator, limits))
  }

  #welcome(socket: Socket): void {
    const session = this.#admitted.get(socket)
    if (session === undefined) return void socket.disconnect(true)
    this.#sessions.set(socket.id, session)
    socket.once('disconnect', () => this.#sessions.delete(socket.id))
    session.onExpired = () => this.#leaveRooms(session)
    for (const listener of this.#onSession) listener(session)
  }

  /** Security: who is nobody any more hears nothing more. */
  #leaveRooms(session: SocketSession): void {
    const { socket } = session
    for (const room of socket.rooms) if (room !== socket.id) void socket.leave(room)
    for (const listener of this.#onExpired) listener(session)
  }

  #checkAll(): void {
    for (const session of this.#sessions.values()) {
      if (session.isExpired) continue
      session.check().then(
        () => {
          if (!session.isExpired) for (const listener of this.#onCheck) listener(session)
        },
        // Storage or state are away: nobody is put out for that.
        (error: unknown) => this.#options.log.debug(`a connection could not be checked: ${String(error)}`),
      )
    }
  }
}

export function userRoom(userId: string): string {
  return `user ${userId}`
}

/** What the client gets as `connect_error`, with `data.code`. */
function refusal(code: string, detail: string): Error {
  return Object.assign(new Error(detail), { data: { code, detail } })
}

/**
 * Security: a page of another site can open a WebSocket here, and the browser sends our cookies with it. The Origin
 * tells; programs send none.
 */
function isSameOrigin({ origin, host }: { readonly origin?: string; readonly host?: string }): boolean {
  if (origin === undefined) return true
  return URL.canParse(origin) && new URL(origin).host === host
}
