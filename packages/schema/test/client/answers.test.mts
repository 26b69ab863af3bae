import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { describe, it, type TestContext } from 'node:test'
import { createClient } from '@nozomi/schema/client'
import { FRAMEWORKS } from '../support/frameworks.mjs'
import { serving } from '../support/serving.mjs'

type AnyCall = (path: string, request?: object) => Promise<Answered>
interface Answered {
  ok: boolean
  status: number
  data: any
  headers: Headers
  response: Response
}

for (const { name: framework, framework: express } of FRAMEWORKS) {
  const start = async (t: TestContext, answer: (req: any, res: any) => void) => {
    const app = express()
    app.all('/x', answer)
    return createClient({ baseUrl: await serving(t, app) }) as unknown as Record<'get' | 'head', AnyCall>
  }

  describe(`${framework}: an answer`, () => {
    it('has status, fields, the response, and JSON decoded', async (t) => {
      const client = await start(t, (_req, res) =>
        res
          .status(201)
          .set('X-One', '1')
          .json({ a: [1, null] }),
      )
      const { ok, status, data, headers, response } = await client.get('/x')
      assert.deepEqual([ok, status, data], [true, 201, { a: [1, null] }])
      assert.equal(headers.get('x-one'), '1')
      assert.ok(response instanceof Response)
    })

    it('that is no success is an answer as well, its problem decoded', async (t) => {
      const problem = { title: 'Not Found', status: 404 }
      const client = await start(t, (_req, res) => {
        res.status(404).type('application/problem+json').send(JSON.stringify(problem))
      })
      const { ok, status, data } = await client.get('/x')
      assert.deepEqual([ok, status, data], [false, 404, problem])
    })

    it('is decoded by its type', async (t) => {
      const cases: [string, string, unknown][] = [
        ['application/json', '[1]', [1]],
        ['application/vnd.shop.v1+json; charset=utf-8', '{"a":1}', { a: 1 }],
        ['text/plain', '[1]', '[1]'],
        ['text/html; charset=utf-8', '<p>ü', '<p>ü'],
        ['application/json', '', undefined],
        ['application/octet-stream', '', undefined],
        // The page of a proxy that says it is JSON.
        ['application/json', '<html>', '<html>'],
      ]
      const client = await start(t, ({ query }, res) => {
        const [type, body] = cases[query.case] as [string, string, unknown]
        res.setHeader('Content-Type', type)
        res.end(body)
      })
      for (const [index, [type, body, expected]] of cases.entries()) {
        const { data } = await client.get('/x', { query: { case: index } })
        assert.deepEqual(data, expected, `${type} ${body}`)
      }
    })

    it('of any other type is a Blob', async (t) => {
      const client = await start(t, (_req, res) => res.type('application/pdf').send(Buffer.from([1, 2, 3])))
      const { data } = await client.get('/x')
      assert.ok(data instanceof Blob)
      assert.deepEqual([data.type, data.size], ['application/pdf', 3])
    })

    it('without a body has no data', async (t) => {
      for (const status of [200, 204, 205, 304]) {
        const client = await start(t, (_req, res) => res.status(status).end())
        const answer = await client.get('/x')
        assert.deepEqual([answer.status, answer.data], [status, undefined])
      }
      const client = await start(t, (_req, res) => res.json({ a: 1 }))
      const { data, headers } = await client.head('/x')
      assert.deepEqual([data, headers.get('content-type')], [undefined, 'application/json; charset=utf-8'])
    })

    it('of events is their stream, which has no end', async (t) => {
      const client = await start(t, (_req, res) => {
        res.type('text/event-stream').flushHeaders()
        res.write('data: 1\n\n')
      })
      const { data } = await client.get('/x')
      const reader = (data as ReadableStream<Uint8Array>).getReader()
      const { value } = await reader.read()
      assert.equal(new TextDecoder().decode(value), 'data: 1\n\n')
      await reader.cancel()
    })

    it('fails when it is aborted, before it and within it', async (t) => {
      const client = await start(t, (_req, res) => {
        res.type('json').flushHeaders()
        res.write('[')
      })
      const aborted = AbortSignal.abort()
      await assert.rejects(client.get('/x', { signal: aborted }), { name: 'AbortError' })
      const leaving = new AbortController()
      const answer = client.get('/x', { signal: leaving.signal })
      setTimeout(() => leaving.abort(), 20)
      await assert.rejects(answer, { name: 'AbortError' })
    })
  })
}

describe('no answer', () => {
  it('is an error of fetch', async () => {
    const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const client = createClient({ baseUrl: `http://127.0.0.1:${port}` }) as unknown as { get: AnyCall }
    await assert.rejects(client.get('/x'), TypeError)
    server.close()
  })
})
