import assert from 'node:assert/strict'
import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client'
import type { TestShop } from '../support/test-shop.js'

/** Longer than anything takes on a busy machine. */
const LIMIT_MS = 30_000

const openClients = new Set<ChatClient>()

interface Received {
  readonly event: string
  // biome-ignore lint: tests look into whatever came
  readonly payload: any
}

/** A browser window: a socket, and all that came over it. */
export class ChatClient {
  readonly socket: Socket
  readonly received: Received[] = []
  readonly #waiting = new Set<() => void>()

  constructor(shop: TestShop, options: Partial<ManagerOptions & SocketOptions>) {
    this.socket = io(shop.address, {
      transports: ['websocket'],
      forceNew: true,
      reconnectionDelay: 20,
      reconnectionDelayMax: 50,
      ...options,
    })
    openClients.add(this)
    this.socket.onAny((event: string, payload: unknown) => this.#note({ event, payload }))
    this.socket.on('connect_error', (error) => this.#note({ event: 'connect_error', payload: error }))
    this.socket.on('connect', () => this.#note({ event: 'connect', payload: null }))
    this.socket.on('disconnect', (reason) => this.#note({ event: 'disconnect', payload: reason }))
  }

  // biome-ignore lint: tests look into whatever came
  async ask(event: string, payload?: unknown): Promise<any> {
    return this.socket.timeout(LIMIT_MS).emitWithAck(event, payload)
  }

  /** As `ask`, for what must go well. */
  // biome-ignore lint: tests look into whatever came
  async done(event: string, payload?: unknown): Promise<any> {
    const answer = await this.ask(event, payload)
    assert.equal(answer.ok, true, JSON.stringify(answer))
    return answer
  }

  /** The payload of the first event of a name that fits, whether it has come already or comes now. */
  // biome-ignore lint: tests look into whatever came
  async got(event: string, fits: (payload: any) => boolean = () => true): Promise<any> {
    const deadline = AbortSignal.timeout(LIMIT_MS)
    for (;;) {
      const found = this.received.find((one) => one.event === event && fits(one.payload))
      if (found !== undefined) return found.payload
      await new Promise<void>((resolve, reject) => {
        const wake = (): void => {
          this.#waiting.delete(wake)
          resolve()
        }
        this.#waiting.add(wake)
        const late = (): void => reject(new Error(`${event} did not come; ${JSON.stringify(this.received)}`))
        deadline.addEventListener('abort', late, { once: true })
      })
    }
  }

  all(event: string): unknown[] {
    return this.received.filter((one) => one.event === event).map(({ payload }) => payload as unknown)
  }

  close(): void {
    openClients.delete(this)
    this.socket.disconnect()
  }

  #note(received: Received): void {
    this.received.push(received)
    for (const wake of this.#waiting) wake()
  }
}

/** Those that a failed test has left open: they would try to connect for ever, and the process would not end. */
export function closeClients(): void {
  for (const client of openClients) client.close()
}

/** A client that is connected. */
export async function connect(
  shop: TestShop,
  token: string,
  options: Partial<ManagerOptions & SocketOptions> = {},
): Promise<ChatClient> {
  const client = new ChatClient(shop, { auth: { token }, ...options })
  await client.got('connect')
  return client
}

let sent = 0

/** What `chat:send` takes. */
export function message(roomId: string, text: string, fields: object = {}): object {
  return { roomId, clientId: `client-${process.pid}-${++sent}`, text, ...fields }
}

/** Waits until something is so. */
export async function until(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const deadline = Date.now() + LIMIT_MS
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`it did not come to pass: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
