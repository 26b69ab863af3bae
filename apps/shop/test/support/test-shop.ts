import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import type { StorageChoice } from '#shop/start/configuration.js'
import { startShop } from '#shop/start/start-shop.js'
import { SilentLog } from './silent-log.js'

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The body parsed; undefined when it is no JSON. */
  readonly json: any // biome-ignore lint: tests look into whatever came
}

export interface Ask {
  readonly method?: string
  readonly headers?: Record<string, string>
  /** Sent as JSON. */
  readonly json?: unknown
  /** Sent as it is. */
  readonly body?: string | Buffer
}

/** A shop that listens on a free port, and a client for it. */
export interface TestShop {
  readonly address: string
  readonly log: SilentLog
  ask(path: string, ask?: Ask): Promise<Answer>
  stop(): Promise<void>
}

export async function startTestShop(storage: StorageChoice): Promise<TestShop> {
  const log = new SilentLog()
  const shop = await startShop({ host: '127.0.0.1', port: 0, storage, sampleData: true }, log)
  return { address: shop.address, log, ask: clientOf(shop.address), stop: shop.stop }
}

/** A client that sends what it is told and adds nothing (`fetch` adds `Cache-Control` to conditional requests). */
export function clientOf(address: string): TestShop['ask'] {
  return (
    path,
    { method = 'GET', headers = {}, json, body = json === undefined ? undefined : JSON.stringify(json) } = {},
  ) =>
    new Promise((resolve, reject) => {
      const type = json === undefined ? {} : { 'Content-Type': 'application/json' }
      const length = body === undefined ? {} : { 'Content-Length': Buffer.byteLength(body) }
      // Not `new URL`: it would tidy the path up.
      const { hostname, port } = new URL(address)
      const sent = request(
        { hostname, port, path, method, headers: { ...type, ...length, ...headers } },
        (response) => {
          text(response).then((received) => {
            resolve({
              status: response.statusCode ?? 0,
              headers: new Headers(response.headers as Record<string, string>),
              text: received,
              json: parsed(received),
            })
          }, reject)
        },
      )
      sent.on('error', reject)
      sent.end(body)
    })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
