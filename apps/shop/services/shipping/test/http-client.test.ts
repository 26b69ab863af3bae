import assert from 'node:assert/strict'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { HttpShippingClient } from '../client/index.js'
import { unavailability } from './support/outcomes.js'
import { aQuoteRequest } from './support/requests.js'
import { until } from './support/test-service.js'

describe('the client over http, by itself', () => {
  let server: Server
  let connections = 0
  let answer: (req: IncomingMessage, res: ServerResponse) => void
  let client: HttpShippingClient

  before(async () => {
    server = createServer((req, res) => answer(req, res)).on('connection', () => (connections += 1))
    server.listen(0, '127.0.0.1')
    await until('it listens', () => server.listening)
    const { port } = server.address() as AddressInfo
    client = new HttpShippingClient({ baseUrl: `http://127.0.0.1:${port}/shipping/` })
  })

  after(() => {
    client.close()
    server.close()
    server.closeAllConnections()
  })

  const quoteJson = JSON.stringify({
    options: [{ level: 'standard', price: { amount: 1, currency: 'EUR' }, delivery: { min: 1, max: 2 } }],
  })

  it('keeps its connections, and the path of the address', async () => {
    const paths = new Set<string>()
    answer = (req, res) => {
      paths.add(`${req.method} ${req.url}`)
      req.resume().on('end', () => res.setHeader('Content-Type', 'application/json').end(quoteJson))
    }
    connections = 0
    for (let call = 0; call < 30; call += 1) await client.quote(aQuoteRequest())
    // A second one is opened when a call begins while the first is just becoming free.
    assert.ok(connections <= 2, `${connections} connections for 30 calls`)
    assert.deepEqual([...paths], ['POST /shipping/quotes'])
  })

  it('says what it wants, for how long it waits, and under which name', async () => {
    let headers: IncomingMessage['headers'] = {}
    answer = (req, res) => {
      headers = req.headers
      req.resume().on('end', () => res.end(quoteJson))
    }
    await client.quote(aQuoteRequest(), { limitMs: 1234.4, requestId: 'order-page-1' })
    assert.equal(headers['request-timeout-ms'], '1235')
    assert.equal(headers['x-request-id'], 'order-page-1')
    assert.equal(headers['content-type'], 'application/json')
  })

  for (const [what, status, body, code] of [
    ['no JSON', 200, '<html>', 'bad-answer'],
    ['another JSON', 200, '{"options":[]}', 'bad-answer'],
    ['a level that it does not know', 200, quoteJson.replace('standard', 'drone'), 'bad-answer'],
    ['a page that was not found', 404, '<html>', 'bad-answer'],
    ['a problem of somebody else', 404, '{"code":"unknown-route"}', 'bad-answer'],
    ['a proxy that can not reach the service', 502, '<html>', 'service-failed'],
    ['a limit of rates', 429, '', 'service-failed'],
    ['a proxy that waited too long', 504, '', 'time-limit'],
    ['another address', 302, '', 'no-connection'],
    ['an answer without end', 200, `"${'x'.repeat(300_000)}"`, 'bad-answer'],
  ] as const) {
    it(`does not take for an answer: ${what}`, async () => {
      answer = (req, res) => {
        req.resume().on('end', () => res.writeHead(status, { Location: '/elsewhere' }).end(body))
      }
      assert.equal((await unavailability(client.quote(aQuoteRequest(), { limitMs: 5000 }))).code, code)
    })
  }

  it('says that there is no connection when the answer breaks off', async () => {
    answer = (req, res) => {
      req.resume().on('end', () => {
        res.writeHead(200, { 'Content-Length': '1000' }).write('{"opt')
        setTimeout(() => res.socket?.destroy(), 20)
      })
    }
    assert.equal((await unavailability(client.quote(aQuoteRequest()))).code, 'no-connection')
  })

  it('ends a call at its time limit when the answer begins in time and does not end', async () => {
    answer = (_req, res) => res.writeHead(200).write('{')
    const call: Promise<unknown> = client.quote(aQuoteRequest(), { limitMs: 100 })
    assert.equal((await unavailability(call)).code, 'time-limit')
  })
})
