import assert from 'node:assert/strict'
import type { Socket } from 'node:net'
import { describe, it } from 'node:test'
import { alike } from './beside-node.mjs'
import { Client, head } from './faults/client.mjs'
import { listening, turbo } from './faults/contestants.mjs'

const upgrade = (...fields: string[]) => head('GET /chat', 'Connection: Upgrade', 'Upgrade: tea', ...fields)
const CONNECT = 'CONNECT x:1 HTTP/1.1\r\nHost: x:1\r\n\r\n'

describe('an upgrade', () => {
  for (const [event, request] of [
    ['upgrade', upgrade()],
    ['connect', CONNECT],
  ] as const) {
    alike(`is handed over with what was read beyond the head (${event})`, {
      prepare: (server, note) =>
        server.on(event, (req, socket, rest) => {
          note(`${req.url} ${'upgrade' in req && req.upgrade} ${rest} ${socket.listenerCount('data')}`)
          socket.write('HTTP/1.1 101 Switching Protocols\r\n\r\n')
          socket.on('data', (chunk: Buffer) => socket.end(chunk))
        }),
      async talk(client) {
        await client.send(`${request}first`).until('101')
        return client.send('later').end()
      },
    })
  }

  alike('keeps the time-out of the server', {
    prepare(server, note) {
      server.timeout = 40
      server.on('upgrade', (_req, socket: Socket) => {
        note(String(socket.timeout))
        socket.on('timeout', () => socket.end('time-out'))
      })
    },
    talk: (client) => client.send(upgrade()).end(),
  })

  alike('that nobody listens for is an ordinary request', {
    listener: () => (req, res) => void res.end(String('upgrade' in req && req.upgrade)),
    talk: (client) => client.send(upgrade().replace('Upgrade\r\n', 'Upgrade, close\r\n')).end(),
  })

  alike('to CONNECT that nobody listens for is closed', {
    listener: () => (_req, res) => void res.end('never'),
    talk: (client) => client.send(CONNECT).end(),
  })

  it('of a request with a body is ignored: what follows the head is the body', async (t) => {
    const server = turbo.create({}, (req, res) => {
      req.on('data', (chunk) => res.write(chunk)).on('end', () => res.end())
    })
    server.on('upgrade', () => assert.fail('it was handed over'))
    const client = await Client.open(await listening(t, server))
    const text = await client.send(`${upgrade('Content-Length: 4')}body`).until('0\r\n\r\n')
    assert.match(text, /\r\n\r\n4\r\nbody\r\n0\r\n\r\n$/)
  })
})
