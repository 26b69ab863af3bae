import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import nozomi from 'nozomi'
import { listen } from '../../support/serve.mjs'
import { alike } from './beside-node.mjs'
import { head } from './faults/client.mjs'

const expecting = (line: string) =>
  head(line, 'Content-Length: 2', 'Expect: 100-continue', 'Connection: close')

describe('Expect', () => {
  alike('of 100-continue is answered before the request is handled', {
    listener: (note) => (req, res) => {
      note(String(req.headers.expect))
      req.resume().on('end', () => res.end('x'))
    },
    async talk(client) {
      await client.send(expecting('PUT /')).until('100 Continue')
      return client.send('ab').end()
    },
  })

  alike('of 100-continue goes to who listens for checkContinue', {
    prepare: (server) => server.on('checkContinue', (_req, res) => res.writeHead(413).end('too large')),
    talk: (client) => client.send(expecting('PUT /')).end(),
  })

  alike('of anything else is refused', {
    listener: () => (_req, res) => void res.end('x'),
    talk: (client) => client.send(head('GET /', 'Expect: tea', 'Connection: close')).end(),
  })

  alike('of anything else goes to who listens for checkExpectation', {
    prepare: (server) => server.on('checkExpectation', (_req, res) => void res.end('as you like')),
    talk: (client) => client.send(head('GET /', 'Expect: tea', 'Connection: close')).end(),
  })

  it('is answered by an application when somebody reads the body, and not before', async (t) => {
    const app = nozomi()
    app.put('/refused', (_req, res) => void res.status(403).send('no'))
    app.put('/read', nozomi.text({ type: () => true }), (req, res) => void res.send(req.body))
    process.env['NOZOMI_SERVER'] = 'turbo'
    t.after(() => delete process.env['NOZOMI_SERVER'])
    const client = await listen(t, app)
    const refused = await client.raw(expecting('PUT /refused'))
    assert.match(refused, /^HTTP\/1.1 403 Forbidden\r\n/)
    const read = await client.raw(`${expecting('PUT /read')}ab`)
    assert.match(read, /^HTTP\/1.1 100 Continue\r\n\r\nHTTP\/1.1 200 OK\r\n[^]*\r\n\r\nab$/)
  })
})
