import { type ClientRequest, type IncomingMessage, request } from 'node:http'
import { createGunzip } from 'node:zlib'
import type { TestShop } from '../support/test-shop.js'

const LIMIT_MS = 5000

export interface ServerEvent {
  readonly id: string
  readonly event: string
  // biome-ignore lint: tests look into whatever came
  readonly data: any
}

/** A client of an event stream on node:http: what it reads, as it comes. */
export class EventStream {
  readonly response: IncomingMessage
  readonly #request: ClientRequest
  readonly events: ServerEvent[] = []
  text = ''
  isOver = false
  #wake: () => void = () => {}

  private constructor(sent: ClientRequest, response: IncomingMessage) {
    this.#request = sent
    this.response = response
    const isGzip = response.headers['content-encoding'] === 'gzip'
    const body = isGzip ? response.pipe(createGunzip()) : response
    body.on('data', (chunk: Buffer) => this.#read(chunk.toString()))
    body.on('error', () => this.#over())
    response.on('close', () => this.#over())
  }

  static open(shop: TestShop, path: string, headers: Record<string, string> = {}): Promise<EventStream> {
    return new Promise((resolve, reject) => {
      const sent = request(`${shop.address}${path}`, { headers, agent: false })
      sent.once('response', (response) => resolve(new EventStream(sent, response)))
      sent.on('error', reject)
      sent.end()
    })
  }

  /** The first event that fits, whether it has come or comes now. */
  async got(fits: (event: ServerEvent) => boolean): Promise<ServerEvent> {
    let found: ServerEvent | undefined
    await this.until(() => (found = this.events.find(fits)) !== undefined)
    return found as ServerEvent
  }

  async until(condition: () => boolean): Promise<void> {
    const deadline = Date.now() + LIMIT_MS
    while (!condition()) {
      if (Date.now() > deadline) throw new Error(`it did not come; there was ${this.text.slice(-2000)}`)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 100)
        this.#wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  }

  close(): void {
    this.#request.destroy()
  }

  #read(text: string): void {
    this.text += text
    for (let end = this.text.indexOf('\n\n', this.#parsed); end >= 0; ) {
      const block = this.text.slice(this.#parsed, end)
      this.#parsed = end + 2
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1]
      const data = field('data')
      if (data !== undefined)
        this.events.push({ id: field('id') ?? '', event: field('event') ?? '', data: JSON.parse(data) })
      end = this.text.indexOf('\n\n', this.#parsed)
    }
    this.#wake()
  }

  #parsed = 0

  #over(): void {
    this.isOver = true
    this.#wake()
  }
}
