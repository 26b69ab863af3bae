import { request } from 'node:http'
import { request as requestOverTls } from 'node:https'
import { text } from 'node:stream/consumers'

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

export type Client = (path: string, ask?: Ask) => Promise<Answer>

/**
 * A client that sends what it is told and adds nothing (`fetch` adds `Cache-Control` to conditional requests). Over
 * https it takes the certificate `ca` alone.
 */
export function clientOf(address: string, ca?: Buffer): Client {
  return (
    path,
    { method = 'GET', headers = {}, json, body = json === undefined ? undefined : JSON.stringify(json) } = {},
  ) =>
    new Promise((resolve, reject) => {
      const type = json === undefined ? {} : { 'Content-Type': 'application/json' }
      const length = body === undefined ? {} : { 'Content-Length': Buffer.byteLength(body) }
      // Not `new URL`: it would tidy the path up.
      const { protocol, hostname, port } = new URL(address)
      const send = protocol === 'https:' ? requestOverTls : request
      const sent = send(
        { hostname, port, path, method, ca, headers: { ...type, ...length, ...headers } },
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
