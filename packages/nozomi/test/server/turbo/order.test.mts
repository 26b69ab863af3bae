import assert from 'node:assert/strict'
import type { ServerResponse } from 'node:http'
import { it } from 'node:test'
import { onEachWire } from './beside-node.mjs'
import { Client, eventually, head } from './faults/client.mjs'
import { listening } from './faults/contestants.mjs'

/*
 * Requests that a client sends without waiting for answers (RFC 9112 §9.3.2).
 */

onEachWire('pipelined requests', ({ alike, turbo }) => {
  alike('are answered in their order, whichever is ready first', {
    listener: (note) => (req, res) => {
      note(`${req.url} ${res.socket !== null}`)
      const answer = () => res.end(req.url)
      if (req.url === '/1') setTimeout(answer, 20)
      else answer()
    },
    talk: (client) =>
      client.send(head('GET /1') + head('GET /2') + head('POST /3', 'Connection: close')).end(),
  })

  alike('may write before it is their turn', {
    listener: () => (req, res) => {
      res.write(`begin ${req.url}`)
      setTimeout(() => res.end('end'), req.url === '/1' ? 20 : 1)
    },
    talk: (client) => client.send(head('GET /1') + head('GET /2', 'Connection: close')).end(),
  })

  alike('are not answered after an answer that says Connection: close', {
    listener: () => (req, res) => {
      setTimeout(() => res.setHeader('Connection', 'close').end(req.url), 5)
    },
    talk: (client) => client.send(head('GET /1') + head('GET /2')).end(),
  })

  alike('are not answered while an answer that says Connection: close is slow to leave', {
    listener: () => {
      const waiting: ServerResponse[] = []
      return (_req, res) => {
        const [first, second, third] = [...waiting, res]
        waiting.push(res)
        if (first === undefined || second === undefined || third === undefined) return
        first.setHeader('Connection', 'close').end('x'.repeat(8_000_000))
        second.end('whole')
        third.write('in')
        third.end('pieces')
      }
    },
    async talk(client) {
      client.socket.pause()
      client.send(head('GET /1') + head('GET /2') + head('GET /3'))
      await new Promise((resolve) => setTimeout(resolve, 20))
      client.socket.resume()
      return (await client.end()).replace(/x+/, (body) => String(body.length))
    },
  })

  for (const part of ['req', 'res', 'socket'] as const) {
    it(`are not handed over behind one whose handler destroys its ${part}`, async (t) => {
      const seen: string[] = []
      const server = turbo.create({}, (req, res) => {
        seen.push(req.url as string)
        ;({ req, res, socket: req.socket })[part].destroy()
      })
      const client = await Client.open(await listening(t, server), turbo)
      await client.send(head('GET /1') + head('GET /2')).end()
      assert.deepEqual(seen, ['/1'])
    })
  }

  it('that came together have their answers gathered, and written at once', async (t) => {
    const waiting: number[] = []
    const server = turbo.create({}, (req, res) => {
      res.end('x')
      waiting.push(req.socket.writableLength)
    })
    const client = await Client.open(await listening(t, server), turbo)
    await client.send(head('GET /').repeat(4)).until(() => client.received.split('\r\n\r\nx').length === 5)
    const [first = 0] = waiting
    assert.ok(first > 0)
    assert.deepEqual(
      waiting,
      [1, 2, 3, 4].map((count) => count * first),
    )
  })

  it('are handled some at a time, however many come', async (t) => {
    const waiting: ServerResponse[] = []
    let most = 0
    const server = turbo.create({}, (_req, res) => {
      waiting.push(res)
      most = Math.max(most, waiting.length)
    })
    const client = await Client.open(await listening(t, server), turbo)
    client.send(head('GET /').repeat(500))
    let answered = 0
    await eventually(() => {
      for (const res of waiting.splice(0)) res.end(`<${++answered}>`)
      return answered === 500
    })
    assert.equal(most, 32)
    const text = await client.until('<500>')
    const order = Array.from(text.matchAll(/<(\d+)>/g), ([, number]) => Number(number))
    assert.deepEqual(
      order,
      [...order].toSorted((a, b) => a - b),
    )
  })

  // node:http does the same on plain connections; over TLS it closes behind the first answer.
  it('are all answered when the client has ended its side and reads slowly', async (t) => {
    const server = turbo.create({}, (req, res) => void res.end(`${req.url}${'x'.repeat(100_000)}`))
    const client = await Client.open(await listening(t, server), turbo)
    client.socket.allowHalfOpen = true
    client.socket.end(Array.from({ length: 50 }, (_, i) => head(`GET /${i}`)).join(''))
    assert.equal((await client.end()).split('HTTP/1.1 200').length - 1, 50)
  })

  alike('are all answered when the client has ended its side, and the server lets it', {
    prepare: (server) => Object.assign(server, { httpAllowHalfOpen: true }),
    listener: () => (req, res) => void setTimeout(() => res.end(req.url), 5),
    async talk(client) {
      client.socket.allowHalfOpen = true
      client.socket.end(Array.from({ length: 80 }, (_, i) => head(`GET /${i}`)).join(''))
      return (await client.end()).split('HTTP/1.1 200').length - 1
    },
  })

  it('that were sent before a malformed one are answered, then that one is refused', async (t) => {
    const server = turbo.create({}, (req, res) => void setTimeout(() => res.end(`answer ${req.url}`), 20))
    const client = await Client.open(await listening(t, server), turbo)
    const text = await client.send(`${head('GET /1') + head('GET /2')}nonsense\r\n\r\n`).end()
    assert.match(text, /answer \/1[^]*answer \/2HTTP\/1.1 400 Bad Request\r\nConnection: close\r\n\r\n$/)
  })

  it('that were sent before a malformed one have all of their answers, to a client that reads slowly', async (t) => {
    const waiting: ServerResponse[] = []
    const answer = () => {
      for (const res of waiting) res.end('x'.repeat(8_000_000))
    }
    const server = turbo.create({}, (_req, res) => {
      if (waiting.push(res) === 2) setImmediate(answer)
    })
    const client = await Client.open(await listening(t, server), turbo)
    client.socket.pause()
    client.send(`${head('GET /1') + head('GET /2')}nonsense\r\n\r\n`)
    await new Promise((resolve) => setTimeout(resolve, 20))
    client.socket.resume()
    const text = (await client.end()).replaceAll(/x{2,}/g, (body) => String(body.length))
    assert.match(
      text,
      /\r\n8000000HTTP[^]*\r\n8000000HTTP\/1.1 400 Bad Request\r\nConnection: close\r\n\r\n$/,
    )
  })

  it('that follow a malformed one are never handled', async (t) => {
    const seen: unknown[] = []
    const server = turbo.create({}, (req, res) => {
      seen.push(req.url)
      res.end()
    })
    const client = await Client.open(await listening(t, server), turbo)
    await client.send(`nonsense\r\n\r\n${head('GET /after')}`).end()
    assert.deepEqual(seen, [])
  })
})
