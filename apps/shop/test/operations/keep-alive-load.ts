import { Agent, type IncomingMessage, request } from 'node:http'
import { setTimeout } from 'node:timers/promises'

/** Then nobody answers any more: a cluster can lose connections that it has taken. */
const ANSWER_LIMIT_MS = 20_000

export interface PostOptions {
  readonly method: string
  /** JSON. */
  readonly body: string
}

export interface LoadReport {
  /** How many were answered with 200. */
  readonly answered: number
  /** What else came of requests, and how often. */
  readonly lost: Readonly<Record<string, number>>
  /** How often nobody took the connection: nothing was sent, and a balancer would ask another instance. */
  readonly refused: number
  /** How often an answer said that its connection ends. */
  readonly saidClose: number
}

/**
 * Clients that ask again and again, each on a connection that it keeps as long as the server lets it: what a balancer
 * does. Nothing is tried twice, so that each request that a server loses is seen.
 */
export class KeepAliveLoad {
  readonly #url: URL
  readonly #post: PostOptions | null
  readonly #running: Promise<void>[]
  readonly #lost: Record<string, number> = {}
  #answered = 0
  #refused = 0
  #saidClose = 0
  #isOver = false

  /** Without `post` it is GET that is sent. */
  constructor(address: string, path: string, connections = 16, post: PostOptions | null = null) {
    this.#url = new URL(path, address)
    this.#post = post
    this.#running = Array.from({ length: connections }, () => this.#ask())
  }

  get answered(): number {
    return this.#answered
  }

  get refused(): number {
    return this.#refused
  }

  async stop(): Promise<LoadReport> {
    this.#isOver = true
    await Promise.all(this.#running)
    return { answered: this.#answered, lost: this.#lost, refused: this.#refused, saidClose: this.#saidClose }
  }

  async #ask(): Promise<void> {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    while (!this.#isOver) {
      await this.#once(agent)
      // At no fixed distance, so that requests meet the end of a connection at any moment.
      await setTimeout(Math.random() * 8)
    }
    agent.destroy()
  }

  #once(agent: Agent): Promise<void> {
    return new Promise((resolve) => {
      let response: IncomingMessage | null = null
      const lost = (what: string): void => {
        this.#lost[what] = (this.#lost[what] ?? 0) + 1
        resolve()
      }
      const sent = request(this.#url, { agent, ...headOf(this.#post) }, (received) => {
        response = received
        if (received.headers.connection === 'close') this.#saidClose++
        received.resume()
        received.on('error', (error) => lost(`answer cut: ${error.message}`))
        received.on('end', () => {
          if (received.statusCode !== 200) return lost(`status ${received.statusCode}`)
          this.#answered++
          resolve()
        })
      })
      sent.setTimeout(ANSWER_LIMIT_MS, () => sent.destroy(new Error('no answer')))
      sent.on('error', (error: NodeJS.ErrnoException) => {
        if (response !== null) return
        if (error.code !== 'ECONNREFUSED')
          return lost(`${error.code ?? ''} ${error.message} (reused: ${sent.reusedSocket})`)
        this.#refused++
        // Not as fast as can be: there is nobody to ask.
        globalThis.setTimeout(resolve, 20)
      })
      sent.end(this.#post?.body)
    })
  }
}

/** Does something while clients ask; gives what came of their requests. They end when it fails, too. */
export async function underLoad(
  loads: readonly KeepAliveLoad[],
  work: () => Promise<void>,
): Promise<readonly LoadReport[]> {
  try {
    await work()
  } finally {
    await Promise.all(loads.map((load) => load.stop()))
  }
  return Promise.all(loads.map((load) => load.stop()))
}

function headOf(post: PostOptions | null): { method?: string; headers?: Record<string, string | number> } {
  if (post === null) return {}
  const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(post.body) }
  return { method: post.method, headers }
}
