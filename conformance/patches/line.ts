import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { type Answer, countFinal, readAnswers } from '../harness/answer.js'

/** A guard against hanging for ever; never waited for when the server answers or closes. */
const TIME_LIMIT_MS = 10_000

/**
 * One request after the other, on a connection that is kept alive as long as the server keeps it. The client is made of
 * a socket alone: what is patched on the messages of node:http concerns the server only.
 */
export class Line {
  readonly #port: number
  #socket: Socket | null = null

  constructor(port: number) {
    this.#port = port
  }

  /** Sends a request, and gives its final answer; null when the server closed without one. */
  async ask(bytes: Buffer, method: string): Promise<Answer | null> {
    const socket = this.#socket ?? (await this.#open())
    const chunks: Buffer[] = []
    const answer = await new Promise<Answer | null>((resolve, reject) => {
      const look = (closed: boolean) => {
        const { answers } = readAnswers(Buffer.concat(chunks), [method], closed)
        if (closed || countFinal(answers) > 0) settle(answers.find(({ status }) => status >= 200) ?? null)
      }
      const onData = (chunk: Buffer) => {
        chunks.push(chunk)
        look(false)
      }
      const onClose = () => look(true)
      const timer = setTimeout(() => {
        this.close()
        reject(
          new Error(`no answer within ${TIME_LIMIT_MS} ms to ${bytes.toString('latin1').split('\r\n')[0]}`),
        )
      }, TIME_LIMIT_MS)
      const settle = (read: Answer | null) => {
        clearTimeout(timer)
        socket.off('data', onData).off('close', onClose)
        resolve(read)
      }
      socket.on('data', onData).on('close', onClose)
      socket.write(bytes)
    })
    if (answer === null || answer.fields.some(([, value]) => value === 'close')) this.close()
    return answer
  }

  close(): void {
    this.#socket?.destroy()
    this.#socket = null
  }

  async #open(): Promise<Socket> {
    const socket = connect({ port: this.#port, host: '127.0.0.1', noDelay: true })
    this.#socket = socket
    socket.on('error', () => {})
    socket.on('close', () => {
      if (this.#socket === socket) this.#socket = null
    })
    await once(socket, 'connect')
    return socket
  }
}
