import assert from 'node:assert/strict'
import { once } from 'node:events'
import { Agent, type IncomingMessage, request as send } from 'node:http'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { describe, it, type TestContext } from 'node:test'
import { type LiveOptions, startShadowProxy } from '#dist/shadow/live/shadow-proxy.js'
import { listening, project } from './support/project.mjs'
import { shownDifferences } from './support/requests.mjs'

const APPLICATION = listening(`
const { randomUUID } = require('node:crypto')
const known = new Map()
app.use((req, res, next) => { res.set('X-Side', onNozomi ? 'nozomi' : 'express'); next() })
app.get('/equal/:id', (req, res) => res.json({ id: req.params.id, at: process.hrtime.bigint().toString() }))
app.get('/differs', (req, res) => res.send(onNozomi ? 'no' : 'yes'))
app.get('/login', (req, res) => { const id = randomUUID(); known.set(id, req.query.user); res.cookie('sid', id).send('welcome') })
app.get('/me', (req, res) => {
  const id = /sid=([^;]+)/.exec(req.headers.cookie ?? '')?.[1]
  known.has(id) ? res.json({ user: known.get(id), onNozomi }) : res.status(401).end()
})
app.post('/echo', express.raw({ type: () => true, limit: '5mb' }), (req, res) => res.send(req.body))
app.post('/tokens', (req, res) => {
  const token = randomUUID()
  const answer = () => { known.set(token, 'ada'); res.json({ token }) }
  // What the client has had for long may not have happened yet on the other sides.
  if (process.env.NOZOMI_SHADOW === 'express') answer()
  else setTimeout(answer, 200)
})
app.get('/private', (req, res) => {
  const token = (req.headers.authorization ?? '').replace('Bearer ', '')
  known.has(token) ? res.json({ user: known.get(token), onNozomi }) : res.status(401).end()
})
app.get('/ticks', (req, res) => {
  res.type('text/event-stream').write('data: 0\\n\\n')
  const timer = setInterval(() => res.write('data: x\\n\\n'), 10)
  res.on('close', () => clearInterval(timer))
})
app.get('/dies', () => process.exit(3))
app.get('/ends', (req, res) => { if (onNozomi) res.destroy(); else res.send('x') })
`)
const SOCKET = `${APPLICATION.replace('app.listen(3000)', 'const server = app.listen(3000)')}
server.on('upgrade', (req, socket, head) => {
  socket.write('HTTP/1.1 101 Switching Protocols\\r\\nUpgrade: echo\\r\\nConnection: Upgrade\\r\\n\\r\\n')
  socket.pipe(socket)
})`

async function live(t: TestContext, options: Partial<LiveOptions> = {}, application = APPLICATION) {
  const at = project(t, { 'app.cjs': application })
  const proxy = await startShadowProxy({ application: at('app.cjs'), ignore: ['X-Side'], ...options })
  let closing: ReturnType<typeof proxy.close> | undefined
  const close = () => (closing ??= proxy.close())
  t.after(() => close())
  return { url: proxy.url, close }
}

describe('live requests', () => {
  it('are answered by Express, 200 at a time, and compared on the side', async (t) => {
    const { url, close } = await live(t)
    const agent = new Agent({ keepAlive: true, maxSockets: 200 })
    t.after(() => agent.destroy())
    const ids = Array.from({ length: 200 }, (_, at) => String(at))
    const answers = await Promise.all(ids.map((id) => ask(`${url}/equal/${id}`, { agent })))
    for (const [at, { body, answer }] of answers.entries()) {
      assert.equal((JSON.parse(body) as { id: string }).id, ids[at])
      assert.equal(answer.headers['x-side'], 'express')
    }
    await ask(`${url}/differs`)
    const report = await close()
    assert.deepEqual(shownDifferences(report), [['GET /differs', 'body word 1', 'yes', 'no']])
    assert.deepEqual(report.counts, {
      compared: 201,
      equal: 200,
      different: 1,
      allowed: 0,
      unsteady: 0,
      skipped: 0,
    })
    assert.equal(report.noise.find(({ what }) => what === 'body $.at')?.count, 200)
  })

  it('are answered by Nozomi when asked so', async (t) => {
    const { url, close } = await live(t, { answer: 'nozomi' })
    const { body, answer } = await ask(`${url}/differs`)
    assert.deepEqual([body, answer.headers['x-side']], ['no', 'nozomi'])
    assert.deepEqual(shownDifferences(await close()), [['GET /differs', 'body word 1', 'yes', 'no']])
  })

  it('keep their sessions on all sides, each client its own', async (t) => {
    const { url, close } = await live(t)
    const cookies = await Promise.all(
      ['ada', 'bob'].map(async (user) => {
        const { answer } = await ask(`${url}/login?user=${user}`)
        return (answer.headers['set-cookie']?.[0] ?? '').split(';')[0] ?? ''
      }),
    )
    for (const Cookie of cookies) await ask(`${url}/me`, { headers: { Cookie } })
    await ask(`${url}/me`, { headers: { Cookie: 'sid=unknown' } })
    const report = await close()
    assert.deepEqual(
      shownDifferences(report).filter(([label]) => label === 'GET /me'),
      Array.from({ length: 2 }, () => ['GET /me', 'body $.onNozomi', 'false', 'true']),
    )
  })

  it('that change something reach one side only, unless both may be written to', async (t) => {
    const body = Buffer.alloc(3_000_000, 'ab\0')
    for (const unsafe of [false, true]) {
      const { url, close } = await live(t, { unsafe })
      const { answer, body: echoed } = await ask(`${url}/echo`, { method: 'POST' }, body)
      assert.equal(answer.statusCode, 200)
      assert.equal(echoed.length, body.length)
      const { counts, skipped, verdict } = await close()
      assert.deepEqual(
        [counts.compared, counts.skipped, verdict],
        unsafe ? [1, 0, 'equal'] : [0, 1, 'incomplete'],
      )
      assert.equal(
        skipped.length === 0 ? null : /--unsafe/.test(skipped[0]?.what ?? ''),
        unsafe ? null : true,
      )
    }
  })

  it('follow the changes that were answered before, whoever asks', async (t) => {
    const { url, close } = await live(t, { unsafe: true, mapIds: true })
    const { body } = await ask(`${url}/tokens`, { method: 'POST' })
    const { token } = JSON.parse(body) as { token: string }
    await ask(`${url}/private`, { headers: { Authorization: `Bearer ${token}` } })
    const report = await close()
    // Without its token a side answers 401, and the request is unsteady.
    assert.deepEqual(shownDifferences(report), [['GET /private', 'body $.onNozomi', 'false', 'true']])
    assert.equal(report.counts.unsteady, 0)
  })

  it('whose client leaves a stream are left on both sides, and the stream comes as it is written', async (t) => {
    const { url, close } = await live(t)
    await new Promise<void>((resolve, reject) => {
      const asked = send(`${url}/ticks`, { agent: false }, (answer) => {
        let seen = ''
        answer.setEncoding('utf8').on('error', () => {})
        answer.on('data', (chunk: string) => {
          seen += chunk
          if (seen.includes('data: x')) asked.destroy()
        })
        answer.on('close', resolve)
      })
      asked.on('error', (error) =>
        (error as NodeJS.ErrnoException).code === 'ECONNRESET' ? resolve() : reject(error),
      )
      asked.end()
    })
    const report = await close()
    assert.deepEqual(shownDifferences(report), [])
    assert.equal(report.counts.equal, 1)
  })

  it('that open another protocol are tunnelled, and not compared', async (t) => {
    const { url, close } = await live(t, {}, SOCKET)
    const { port, hostname } = new URL(url)
    const socket = connect(Number(port), hostname)
    socket.setEncoding('utf8')
    socket.write('GET /chat HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n')
    let seen = ''
    socket.on('data', (chunk: string) => {
      seen += chunk
    })
    while (!seen.includes('\r\n\r\n')) await once(socket, 'data')
    socket.write('hello')
    while (!seen.endsWith('hello')) await once(socket, 'data')
    assert.match(seen, /^HTTP\/1\.1 101 /)
    socket.destroy()
    const { skipped } = await close()
    assert.deepEqual(
      skipped.map(({ what, example }) => [what, example]),
      [['it opens a connection of another protocol', 'GET /chat']],
    )
  })

  it('that a process ends of, the same on all sides, prove nothing', async (t) => {
    const { url, close } = await live(t)
    await ask(`${url}/dies`).catch(() => undefined)
    const { verdict, differences, warnings } = await close()
    assert.deepEqual(differences, [])
    assert.equal(verdict, 'incomplete')
    assert.ok(
      warnings.some((warning) => warning.startsWith('A process ended while live requests were served')),
    )
  })

  it('that the other side breaks off are answered all the same', async (t) => {
    const { url, close } = await live(t)
    assert.equal((await ask(`${url}/ends`)).body, 'x')
    const [difference] = (await close()).differences
    assert.deepEqual([difference?.what, difference?.nozomi], ['connection', 'no answer (ECONNRESET)'])
  })
})

async function ask(
  url: string,
  options: { method?: string; headers?: Record<string, string>; agent?: Agent } = {},
  body?: Buffer,
): Promise<{ answer: IncomingMessage; body: string }> {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    send(url, { agent: false, ...options }, resolve)
      .on('error', reject)
      .end(body)
  })
  return { answer, body: await text(answer) }
}
