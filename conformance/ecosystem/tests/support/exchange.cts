import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http'

export interface Exchange {
  status: number
  headers: IncomingHttpHeaders
  body: Buffer
  text: string
}

export interface ExchangeOptions {
  method?: string
  headers?: OutgoingHttpHeaders
  body?: string | Buffer
}

/** One request over node:http, for what `fetch` hides: the Host field, coded bodies, `Connection`. */
export function exchange(url: string, options: ExchangeOptions = {}): Promise<Exchange> {
  const { method = 'GET', headers = {}, body } = options
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method, headers, agent: false }, (incoming) => {
      const chunks: Buffer[] = []
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
      incoming.on('error', reject)
      incoming.on('end', () => {
        const bytes = Buffer.concat(chunks)
        const status = incoming.statusCode ?? 0
        resolve({ status, headers: incoming.headers, body: bytes, text: bytes.toString() })
      })
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}
