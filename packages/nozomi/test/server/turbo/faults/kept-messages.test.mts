import assert from 'node:assert/strict'
import type { IncomingMessage } from 'node:http'
import { describe, it } from 'node:test'
import { Client, head } from './client.mjs'
import { contestants, listening } from './contestants.mjs'

/*
 * A parser that slices strings and buffers out of what the socket reads may give away memory that is used again. What
 * handlers keep is looked at after thousands of later requests, on the same connection and on others.
 */

interface Kept {
  req: IncomingMessage
  /** Copies that share nothing with the message. */
  url: string
  method: string | undefined
  rawHeaders: string[]
  headers: string
  trailers: string[]
  chunks: Buffer[]
  bytes: string
}

for (const { name, create } of contestants) {
  describe(`on ${name}, what a handler keeps`, () => {
    it('never changes: the request, its fields, its trailers, the chunks of its body', async (t) => {
      const kept: Kept[] = []
      const server = create({}, async (req, res) => {
        const chunks: Buffer[] = []
        for await (const chunk of req) chunks.push(chunk as Buffer)
        if (req.url?.startsWith('/keep')) kept.push(keep(req, chunks))
        res.end('ok')
      })
      const port = await listening(t, server)
      const clients = [await Client.open(port), await Client.open(port)]
      for (const [index, client] of clients.entries()) {
        await send(
          client,
          Array.from({ length: 100 }, (_, i) => request(`keep-${index}-${i}`)),
        )
      }
      assert.equal(kept.length, 200)
      // The same lengths, and other letters: what is overwritten shows.
      for (const [index, client] of clients.entries()) {
        for (let round = 0; round < 10; round++) {
          await send(
            client,
            Array.from({ length: 100 }, (_, i) => request(`lost-${index}-${i}`, 'q')),
          )
        }
      }
      await send(
        await Client.open(port),
        Array.from({ length: 500 }, () => request('lost-2', 'q')),
      )
      for (const one of kept) {
        assert.equal(one.req.url, one.url)
        assert.equal(one.req.method, one.method)
        assert.deepEqual(one.req.rawHeaders, one.rawHeaders)
        assert.equal(JSON.stringify(one.req.headers), one.headers)
        assert.deepEqual(one.req.rawTrailers, one.trailers)
        assert.equal(Buffer.concat(one.chunks).toString('latin1'), one.bytes)
      }
      assert.equal(
        new Set(kept.map(({ req }) => req.rawHeaders)).size,
        kept.length,
        'each has an array of its own',
      )
    })

    it('is not shared: who writes into the fields of one request does not write into the next', async (t) => {
      const seen: string[] = []
      const server = create({}, (req, res) => {
        seen.push(JSON.stringify([req.headers, req.headersDistinct, req.rawHeaders, req.trailers]))
        req.headers['x-written'] = 'yes'
        req.headersDistinct['x-written'] = ['yes']
        req.rawHeaders.push('X-Written', 'yes')
        req.trailers['x-written'] = 'yes'
        res.end('ok')
      })
      const client = await Client.open(await listening(t, server))
      await send(
        client,
        Array.from({ length: 5 }, () => head('GET /', 'X-One: 1')),
      )
      assert.equal(new Set(seen).size, 1)
      assert.ok(!seen[0]?.includes('written'))
    })

    it('may be written into: a chunk belongs to whom it was given', async (t) => {
      const bodies: string[] = []
      const server = create({}, (req, res) => {
        req.on('data', (chunk: Buffer) => {
          bodies.push(chunk.toString())
          chunk.fill('#')
        })
        req.on('end', () => res.end('ok'))
      })
      const client = await Client.open(await listening(t, server))
      const message = `${head('POST /', 'Content-Length: 4')}body`
      await send(
        client,
        Array.from({ length: 50 }, () => message),
      )
      assert.deepEqual(bodies, Array(50).fill('body'))
      assert.equal(client.received.includes('#'), false)
    })
  })
}

function keep(req: IncomingMessage, chunks: Buffer[]): Kept {
  const copy = (text: string) => Buffer.from(text, 'latin1').toString('latin1')
  return {
    req,
    url: copy(req.url as string),
    method: req.method,
    rawHeaders: req.rawHeaders.map(copy),
    headers: JSON.stringify(req.headers),
    trailers: req.rawTrailers.map(copy),
    chunks,
    bytes: Buffer.concat(chunks).toString('latin1'),
  }
}

function request(mark: string, letter = 'k'): string {
  const fields = [
    'Transfer-Encoding: chunked',
    `X-${mark}: value ${letter} of ${mark}`,
    `Cookie: ${letter}=${mark}`,
  ]
  const chunk = `${letter} ${mark} `.repeat(20)
  const piece = `${chunk.length.toString(16)}\r\n${chunk}\r\n`
  return `${head(`POST /${mark}?${letter}`, ...fields)}${piece}${piece}0\r\nX-Trailer: ${letter} ${mark}\r\n\r\n`
}

/** Sends them together, and waits for as many answers. */
async function send(client: Client, requests: readonly string[]): Promise<void> {
  client.received = ''
  client.send(requests.join(''))
  await client.until(() => client.received.split('HTTP/1.1 200').length - 1 === requests.length)
}
