import assert from 'node:assert/strict'
import type { Server, ServerOptions, ServerResponse } from 'node:http'
import { connect } from 'node:net'
import { describe, it } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { Client, eventually, head, tell } from './client.mjs'
import { connectionsOf, contestants, listening } from './contestants.mjs'

const TOO_LARGE = 'HTTP/1.1 431 Request Header Fields Too Large\r\nConnection: close\r\n\r\n'

for (const { name, create } of contestants) {
  describe(`on ${name}, a flood of pipelined requests`, () => {
    it('is answered in order, whatever order the handlers answer in', async (t) => {
      const server = create({}, (req, res) => {
        const number = Number(req.url?.slice(1))
        const answer = () => res.end(`<${number}>`)
        if (number % 3 === 0) setImmediate(answer)
        else if (number % 3 === 1) process.nextTick(answer)
        else answer()
      })
      const client = await Client.open(await listening(t, server))
      const count = 3000
      client.send(Array.from({ length: count }, (_, i) => head(`GET /${i}`)).join(''))
      await client.until(`<${count - 1}>`)
      const numbers = [...client.received.matchAll(/<(\d+)>/g)].map(([, number]) => Number(number))
      assert.deepEqual(numbers, [...Array(count).keys()])
    })

    it('with bodies of both kinds is read to the right byte', async (t) => {
      const server = create({}, async (req, res) => {
        let body = ''
        if (req.url !== '/unread') for await (const chunk of req) body += String(chunk)
        res.end(`<${req.method} ${body}>`)
      })
      const client = await Client.open(await listening(t, server))
      const round = [
        `${head('POST /', 'Content-Length: 3')}one`,
        `${head('POST /', 'Transfer-Encoding: chunked')}2\r\nch\r\n4\r\nunks\r\n0\r\n\r\n`,
        head('GET /'),
        `${head('POST /unread', 'Content-Length: 8')}GET / HT`,
        `${head('POST /unread', 'Transfer-Encoding: chunked')}8\r\nGET / HT\r\n0\r\nX: y\r\n\r\n`,
        head('HEAD /'),
      ]
      client.send(round.join('').repeat(200)).send(head('GET /last'))
      await client.until(() => client.received.split('HTTP/1.1 200').length - 1 === 1201)
      const bodies = [...client.received.matchAll(/<.*?>/g)].map(([body]) => body)
      const expected = Array.from({ length: 200 }, () => [
        '<POST one>',
        '<POST chunks>',
        '<GET >',
        '<POST >',
        '<POST >',
      ])
      assert.deepEqual(bodies, [...expected.flat(), '<GET >'])
    })

    it('whose sender reads no answer is not read on', async (t) => {
      let handled = 0
      const body = Buffer.alloc(2 ** 14)
      const server = create({}, (_req, res) => {
        handled++
        res.end(body)
      })
      const socket = connect(await listening(t, server), '127.0.0.1').pause()
      t.after(() => socket.destroy())
      socket.on('error', () => {})
      const count = 20_000
      socket.write(head('GET /').repeat(count))
      let last = -1
      await eventually(async () => {
        const before = last
        last = handled
        await delay(50)
        return handled === last && last === before
      })
      assert.ok(handled < count / 4, `${handled} of ${count} were handled for a client that does not read`)
    })

    it('whose handlers do not answer is not read on without end', async (t) => {
      const held: ServerResponse[] = []
      const server = create({}, (_req, res) => void held.push(res))
      const client = await Client.open(await listening(t, server))
      const padding = `X-Padding: ${'p'.repeat(1000)}`
      client.send(head('GET /', padding).repeat(2000))
      await delay(200)
      t.diagnostic(`${held.length} requests wait for an answer at once`)
      // They are answered all the same.
      let next = 0
      await eventually(() => {
        while (next < held.length) held[next++]?.end('ok')
        return client.received.split('HTTP/1.1 200').length - 1 === 2000
      })
    })

    it('ends with the request that can not be read: what follows is not looked at', async (t) => {
      const seen: (string | undefined)[] = []
      const server = create({}, (req, res) => {
        seen.push(req.url)
        res.end(`<${req.url}>`)
      })
      const port = await listening(t, server)
      const received = await tell(port, `${head('GET /1')}${head('GET /2')}BAD\r\n\r\n${head('GET /3')}`)
      assert.match(received, /^HTTP\/1\.1 200 OK/)
      assert.deepEqual(seen, ['/1', '/2'])
      // node:http gives no more than the first answer; none of them may come twice or out of order.
      assert.match(received, /^[^<>]*<\/1>([^<>]*<\/2>([^<>]*400 Bad Request[^<>]*)?)?$/)
    })

    it('is cut after maxRequestsPerSocket with 503', async (t) => {
      const server: Server = create({}, (_req, res) => res.end('ok'))
      server.maxRequestsPerSocket = 3
      let dropped = 0
      server.on('dropRequest', () => dropped++)
      const client = await Client.open(await listening(t, server))
      await client.send(head('GET /').repeat(5)).until('503')
      // node:http says it to each request that follows.
      const statuses = [...client.received.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status)
      assert.match(statuses.join(' '), /^200 200 200 503( 503)?$/)
      assert.ok(dropped > 0)
    })
  })

  describe(`on ${name}, a head that is too large`, () => {
    const cases: [string, string, ServerOptions?][] = [
      ['one huge field', head('GET /', `X-Huge: ${'x'.repeat(2 ** 20)}`)],
      ['one huge name', head('GET /', `${'x'.repeat(2 ** 20)}: y`)],
      ['many fields', head('GET /', ...Array.from({ length: 20_000 }, (_, i) => `X-${i}: ${i}`))],
      ['a huge target', head(`GET /${'x'.repeat(2 ** 20)}`)],
      ['a field beyond a limit of our own', head('GET /', `X: ${'x'.repeat(600)}`), { maxHeaderSize: 512 }],
    ]
    for (const [what, bytes, options = {}] of cases) {
      it(`is 431, and the connection closed: ${what}`, async (t) => {
        let handled = 0
        const server = create(options, () => void handled++)
        assert.equal(await tell(await listening(t, server), bytes), TOO_LARGE)
        assert.equal(handled, 0)
        await eventually(async () => (await connectionsOf(server)) === 0)
      })
    }

    it('without an end is 431 as soon as it is too large, however it comes', async (t) => {
      const server = create({}, () => assert.fail('nothing to handle'))
      const client = await Client.open(await listening(t, server))
      client.send('GET / HTTP/1.1\r\nHost: x\r\n')
      let sent = 0
      await eventually(() => {
        if (!client.isClosed) client.send(`X-${sent++}: ${'y'.repeat(500)}\r\n`)
        return client.isClosed || client.received.length > 0
      })
      assert.ok(sent < 100, `${sent} fields were taken`)
    })

    it('is answered while others are served', async (t) => {
      const server = create({}, (_req, res) => res.end('ok'))
      const port = await listening(t, server)
      const kept = await Client.open(port)
      await kept.send(head('GET /')).until('ok')
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => tell(port, head('GET /', `X: ${'x'.repeat(2 ** 18)}`))),
      )
      assert.ok(answers.every((answer) => answer === TOO_LARGE || answer === ''))
      await kept.send(head('GET /')).until(() => kept.received.split('ok').length === 3)
    })
  })
}
