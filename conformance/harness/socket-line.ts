import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { countFinal, readAnswers } from './answer.js'
import type { Transcript } from './carrier.js'
import type { Exchange, Step } from './exchange.js'

/** A guard against hanging for ever; never waited for when the server answers or closes. */
const defaultTimeLimitMs = 15_000

/** A fresh connection to a port of this machine: what HTTP is written to, and the socket of TCP that it goes by. */
export type Dial = (port: number) => Promise<{ socket: Socket; tcp: Socket }>

export const dialPlain: Dial = async (port) => {
  const tcp = connect({ port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true })
  // Before any step: a socket that is reset while it still connects keeps Node 20 spinning.
  await once(tcp, 'connect')
  return { socket: tcp, tcp }
}

/**
 * Plays an exchange on a connection of its own and reads until the server closes its half.
 *
 * @param timeLimitMs for the whole exchange; what has come by then is what is given
 */
export async function talkOverSocket(
  port: number,
  exchange: Exchange,
  timeLimitMs: number = defaultTimeLimitMs,
  dial: Dial = dialPlain,
): Promise<Transcript> {
  const { socket, tcp } = await dial(port)
  const client = new Client(socket, tcp, timeLimitMs)
  try {
    for (const step of exchange.steps) await client.play(step)
    client.endHalf()
    return await client.finish()
  } finally {
    client.destroy()
  }
}

class Client {
  readonly #socket: Socket
  readonly #tcp: Socket
  readonly #methods: string[] = []
  readonly #chunks: Buffer[] = []
  #closed = false
  readonly #deadline: number
  #wake: () => void = () => {}

  constructor(socket: Socket, tcp: Socket, timeLimitMs: number) {
    this.#socket = socket
    this.#tcp = tcp
    this.#deadline = Date.now() + timeLimitMs
    socket.on('data', (chunk: Buffer) => {
      this.#chunks.push(chunk)
      this.#wake()
    })
    const close = () => {
      this.#closed = true
      this.#wake()
    }
    // A reset is a close as well: whether unread bytes turn one into the other is the kernel's affair.
    socket.on('end', close).on('error', close).on('close', close)
  }

  async play(step: Step): Promise<void> {
    switch (step.kind) {
      case 'send':
        this.#methods.push(...step.methods)
        if (!this.#closed) this.#socket.write(step.bytes)
        return
      case 'answer':
        await this.#until(() => countFinal(this.#read().answers) >= this.#methods.length)
        return
      case 'interim':
        await this.#until(() => this.#read().answers.length > 0)
        return
      case 'end':
        this.endHalf()
        return
      case 'reset':
        // Only when all is written: Node 20 sends an orderly end instead of a reset otherwise.
        await new Promise((resolve) => this.#socket.write('', resolve))
        this.#tcp.resetAndDestroy()
        this.#closed = true
        return
    }
  }

  endHalf(): void {
    if (!this.#socket.writableEnded && !this.#socket.destroyed) this.#socket.end()
  }

  async finish(): Promise<Transcript> {
    await this.#until(() => false)
    return { ...this.#read(), ending: this.#closed ? 'closed' : 'left open', readAt: Date.now() }
  }

  destroy(): void {
    this.#socket.destroy()
  }

  #read() {
    return readAnswers(Buffer.concat(this.#chunks), this.#methods, this.#closed)
  }

  /** Waits until `enough()` holds, the server closes, or the time limit is over. */
  async #until(enough: () => boolean): Promise<void> {
    while (!this.#closed && !enough() && Date.now() < this.#deadline) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, this.#deadline - Date.now())
        this.#wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  }
}
