import { get } from 'node:http'

/** What a server answered, with its body as JSON where it is such. */
export interface Answered {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly json: any
}

/** Asks a server: `ask(origin, '/api/users', { 'api-version': '2' })`. */
export async function ask(
  origin: string,
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<Answered> {
  const response = await fetch(origin + path, { method, headers })
  const text = await response.text()
  const isJson = /json/.test(response.headers.get('content-type') ?? '')
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: isJson && text !== '' ? JSON.parse(text) : undefined,
  }
}

/** Asks with a target as it is, such as one that names the whole address: `fetch` would make another one of it. */
export function askTarget(origin: string, target: string): Promise<string> {
  const { hostname, port } = new URL(origin)
  return new Promise((resolve, reject) => {
    const request = get({ hostname, port, path: target }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => resolve(Buffer.concat(chunks).toString()))
    })
    request.on('error', reject)
  })
}
