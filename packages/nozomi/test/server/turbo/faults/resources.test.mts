import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { connect } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { Client, eventually, head } from './client.mjs'
import { contestants } from './contestants.mjs'
import { Victim } from './victim.mjs'

/*
 * After each kind of mistreatment the process has what it had before: as many file descriptors, and as much memory. The
 * kind comes twice, so that what is made once and for all (compiled code, pools, caches with a bound) does not count.
 */

type Mistreatment = (port: number) => Promise<void>

const CHUNKED = head('POST /read', 'Transfer-Encoding: chunked')

const KINDS: Record<string, Mistreatment> = {
  'connections that say nothing': (port) => gone(port, 300, ''),
  'connections that break off in the head': (port) =>
    gone(port, 300, 'GET / HTTP/1.1\r\nHost: x\r\nX-Field: va'),
  'connections that break off in a body': (port) =>
    gone(port, 300, `${head('POST /read', 'Content-Length: 100000')}${'b'.repeat(30_000)}`),
  'connections that break off in a chunk': (port) =>
    gone(port, 300, `${CHUNKED}ffff\r\n${'b'.repeat(30_000)}`),
  'connections that break off before the answer': (port) => gone(port, 300, head('GET /silent')),
  'connections that break off in the answer': (port) => gone(port, 300, head('GET /begun'), 'some'),
  'bodies that nobody reads': (port) =>
    gone(port, 300, `${head('POST /silent', 'Content-Length: 100000')}${'b'.repeat(30_000)}`),
  'requests that wait behind one that is not answered': (port) =>
    gone(port, 50, head('GET /silent').repeat(100)),
  'handlers that throw after the head went out': (port) => gone(port, 100, head('GET /throw'), 'some'),
  'handlers that destroy the response': (port) => gone(port, 100, head('GET /destroy')),
  'clients that do not read': (port) => unread(port, 40),
  'floods of pipelined requests': flooded,
  'huge heads': (port) => gone(port, 100, head('GET /', `X: ${'x'.repeat(2 ** 17)}`), '431'),
  'requests that can not be read': (port) => gone(port, 300, 'GET / HTTP/1.1\r\nHost : x\r\n\r\n', '400'),
  'chunks that can not be read': (port) => gone(port, 300, `${CHUNKED}xyz\r\n`),
}

/** A kind leaves hundreds of connections and megabytes of bytes behind, if anything. */
const MOST_GROWTH = 400_000

for (const contestant of contestants) {
  describe(`${contestant.name} has its memory and its file descriptors back after`, {
    skip: !existsSync('/proc/self/fd') && 'there is no /proc to count file descriptors in',
  }, () => {
    let victim: Victim
    before(async () => {
      victim = await Victim.start(contestant, 1500)
      await KINDS['floods of pipelined requests']?.(victim.port)
    })
    after(() => victim.stop())

    for (const [kind, mistreat] of Object.entries(KINDS)) {
      it(kind, async (t) => {
        let growth = Number.POSITIVE_INFINITY
        await mistreat(victim.port)
        // What the process does for itself is not repeated; what keeps connections is.
        for (let round = 0; round < 3 && growth > MOST_GROWTH; round++) {
          const first = await victim.usageAtRest()
          await mistreat(victim.port)
          const last = await victim.usageAtRest()
          assert.equal(last.files, first.files)
          growth = last.heap - first.heap
        }
        t.diagnostic(`${growth} bytes more`)
        assert.ok(growth < MOST_GROWTH, `${growth} bytes are not given back`)
        assert.equal(await answerOf(victim.port), 'ok')
      })
    }
  })
}

/** Clients that send this, wait for what is said to come, and go: one half by an end, the other by a reset. */
async function gone(port: number, count: number, bytes: string, awaited?: string): Promise<void> {
  const clients = await Promise.all(Array.from({ length: count }, () => Client.open(port)))
  for (const client of clients) if (bytes) client.send(bytes)
  if (awaited) {
    const answered = clients.map((client) =>
      client.until(() => client.isClosed || client.received.includes(awaited)),
    )
    await Promise.all(answered)
  } else {
    await Promise.all(clients.map(({ socket }) => new Promise((resolve) => socket.write('', resolve))))
  }
  clients.forEach(({ socket }, index) => {
    if (index % 2 === 0) socket.resetAndDestroy()
    else socket.destroy()
  })
  await eventually(() => clients.every(({ isClosed }) => isClosed))
}

async function unread(port: number, count: number): Promise<void> {
  const sockets = Array.from({ length: count }, () =>
    connect(port, '127.0.0.1')
      .on('error', () => {})
      .pause(),
  )
  for (const socket of sockets) socket.write(head('GET /large').repeat(8))
  await new Promise((resolve) => setTimeout(resolve, 100))
  for (const socket of sockets) socket.destroy()
}

async function flooded(port: number): Promise<void> {
  const client = await Client.open(port)
  client.send(head('GET /').repeat(5000))
  await client.until(() => client.received.split('HTTP/1.1 200').length - 1 === 5000)
  client.socket.destroy()
}

async function answerOf(port: number): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${port}/`, { headers: { connection: 'close' } })
  return answer.text()
}
