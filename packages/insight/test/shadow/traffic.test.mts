import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { connect, type AddressInfo } from 'node:net'
import { request as send, type IncomingMessage, type Server } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { describe, it, type TestContext } from 'node:test'
import session from 'express-session'
import { runShadow } from '#dist/shadow/run-shadow.js'
import { makeProbes, urlsOf } from '#dist/shadow/traffic/probes.js'
import { readTraffic } from '#dist/shadow/traffic/read-traffic.js'
import { recordTraffic, type RecordOptions } from '#dist/shadow/traffic/record-traffic.js'
import { FRAMEWORKS } from '../support/frameworks.mjs'
import { listening, project } from './support/project.mjs'
import { shownDifferences } from './support/requests.mjs'

const HAR = {
  log: {
    version: '1.2',
    entries: [
      entry('GET', 'https://shop.test/start?x=%20', {
        headers: { ':authority': 'shop.test', Accept: 'text/html' },
      }),
      entry('GET', 'https://elsewhere.test/tracker.js', {}),
      entry('POST', 'https://shop.test/form', {
        headers: {
          Host: 'shop.test',
          'Content-Type': 'application/x-www-form-urlencoded',
          'Content-Length': '7',
        },
        postData: {
          mimeType: 'application/x-www-form-urlencoded',
          params: [
            { name: 'a', value: '1' },
            { name: 'b', value: 'x+y' },
          ],
        },
      }),
      entry('POST', 'https://shop.test/json', {
        headers: { 'Content-Type': 'application/json' },
        postData: { mimeType: 'application/json', text: '{"ü":1}' },
      }),
      entry('POST', 'https://shop.test/upload', {
        headers: { 'Content-Type': 'multipart/form-data; boundary=x' },
        postData: { mimeType: 'multipart/form-data; boundary=x', params: [{ name: 'file', value: '' }] },
      }),
      entry('GET', 'https://shop.test/socket', { headers: { 'Sec-WebSocket-Key': 'x' } }),
    ],
  },
}

function entry(method: string, url: string, given: { headers?: Record<string, string>; postData?: object }) {
  const headers = Object.entries(given.headers ?? {}).map(([name, value]) => ({ name, value }))
  const content = { text: 'eyJpZCI6N30=', encoding: 'base64' }
  return {
    request: { method, url, headers, postData: given.postData },
    response: { status: 200, headers: [{ name: 'Set-Cookie', value: 'a=b' }], content },
  }
}

describe('a HAR file', () => {
  it('gives the requests to the origin of its first, without what belongs to the connection', (t) => {
    const at = project(t, { 'browser.har': `\uFEFF${JSON.stringify(HAR)}` })
    const requests = readTraffic(at('browser.har'), null)
    assert.deepEqual(
      requests.map(({ method, url, fields, body, unsendable }) => [
        method,
        url,
        fields,
        body?.toString() ?? null,
        unsendable,
      ]),
      [
        [
          'GET',
          '/start?x=%20',
          [
            ['Host', 'shop.test'],
            ['Accept', 'text/html'],
          ],
          null,
          null,
        ],
        [
          'POST',
          '/form',
          [
            ['Host', 'shop.test'],
            ['Content-Type', 'application/x-www-form-urlencoded'],
          ],
          'a=1&b=x+y',
          null,
        ],
        [
          'POST',
          '/json',
          [
            ['Host', 'shop.test'],
            ['Content-Type', 'application/json'],
          ],
          '{"ü":1}',
          null,
        ],
        [
          'POST',
          '/upload',
          [
            ['Host', 'shop.test'],
            ['Content-Type', 'multipart/form-data; boundary=x'],
          ],
          null,
          'the browser did not save the body',
        ],
        [
          'GET',
          '/socket',
          [
            ['Host', 'shop.test'],
            ['Sec-WebSocket-Key', 'x'],
          ],
          null,
          'it opens a WebSocket',
        ],
      ],
    )
    assert.deepEqual(requests[0]?.answer, {
      status: 200,
      fields: [['Set-Cookie', 'a=b']],
      body: Buffer.from('{"id":7}'),
    })
    assert.deepEqual(
      readTraffic(at('browser.har'), 'https://elsewhere.test').map(({ url }) => url),
      ['/tracker.js'],
    )
  })

  it('is replayed on both sides', async (t) => {
    const at = project(t, {
      'browser.har': JSON.stringify(HAR),
      'app.cjs': listening(
        `app.use(express.urlencoded(), express.json(), (req, res) => res.json([req.hostname, req.url, req.body ?? null, onNozomi]))`,
      ),
    })
    const report = await runShadow({
      application: at('app.cjs'),
      traffic: [at('browser.har')],
      control: false,
      ignore: ['ETag'],
    })
    assert.deepEqual(report.counts, {
      compared: 3,
      equal: 0,
      different: 3,
      allowed: 0,
      unsteady: 0,
      skipped: 2,
    })
    assert.deepEqual(new Set(shownDifferences(report).map(([, where]) => where)), new Set(['body $[3]']))
  })
})

describe('a file of requests', () => {
  it('is written by hand: paths are enough, comments are passed over, objects are sent as JSON', (t) => {
    const lines = [
      '# a comment',
      '',
      '{"url":"/a"}',
      '// another',
      '{"method":"POST","url":"/b","headers":{"X-A":"1","X-B":["2","3"]},"body":{"c":1},"client":"bob"}',
      '{"method":"PUT","url":"/d","body":"text","abort":{"afterBytes":0}}',
      '{"url":"/e","bodyBase64":"AP8=","chunked":true,"cookies":"sent"}',
    ]
    const at = project(t, { 'by-hand.jsonl': lines.join('\r\n') })
    const requests = readTraffic(at('by-hand.jsonl'), null)
    assert.deepEqual(
      requests.map(({ method, url, fields, body, client }) => [
        method,
        url,
        fields,
        body?.toString('latin1'),
        client,
      ]),
      [
        ['GET', '/a', [], undefined, 'one'],
        [
          'POST',
          '/b',
          [
            ['X-A', '1'],
            ['X-B', '2'],
            ['X-B', '3'],
            ['Content-Type', 'application/json'],
          ],
          '{"c":1}',
          'bob',
        ],
        ['PUT', '/d', [], 'text', 'one'],
        ['GET', '/e', [], '\u0000\u00FF', 'one'],
      ],
    )
    assert.deepEqual(requests.map(({ abort, chunked, cookies }) => [abort, chunked, cookies]).slice(2), [
      [{ afterBytes: 0 }, false, 'jar'],
      [null, true, 'sent'],
    ])
  })

  it('is not needed: a program gives requests itself, with bytes as bytes', async (t) => {
    const at = project(t, {
      'app.cjs': listening(`
        app.use(express.raw({ type: () => true }))
        app.use((req, res) => res.json(onNozomi ? [req.method, req.get('X-A'), req.get('Content-Type') ?? '', [...(req.body ?? [])]] : 0))`),
    })
    const traffic = [
      { url: '/' },
      { url: '/', method: 'PUT', headers: { 'X-A': '1' }, body: new Uint8Array([0, 255]) },
      { url: '/', method: 'POST', body: [7] },
    ]
    const { differences } = await runShadow({
      application: at('app.cjs'),
      traffic,
      control: false,
      ignore: ['etag'],
    })
    assert.deepEqual(
      differences.map(({ nozomi }) => JSON.parse(nozomi) as unknown),
      [
        ['GET', null, '', []],
        ['PUT', '1', '', [0, 255]],
        ['POST', null, 'application/json', [91, 55, 93]],
      ],
    )
    await assert.rejects(runShadow({ application: at('app.cjs'), traffic: [{ url: 'no-path' }] }), {
      name: 'TrafficError',
      message: /^traffic\[0\]: `url` must be a path/,
    })
  })

  const FAULTS: Record<string, [text: string, message: RegExp]> = {
    'holds no JSON': ['{"url":"/a"}\n{url}', /faulty\.jsonl:2: /],
    'holds no object': ['[]', /faulty\.jsonl:1: a line is one request/],
    'has a request without a path': ['{"url":"http://x.test/"}', /`url` must be a path/],
    'has an impossible method': ['{"url":"/","method":"A B"}', /`method` must be a word/],
    'has impossible fields': ['{"url":"/","fields":["x"]}', /`fields` must be pairs/],
    'has an impossible abort': ['{"url":"/","abort":true}', /`abort` must be/],
    'is empty': ['\n', /there is no request in it/],
  }
  for (const [fault, [text, message]] of Object.entries(FAULTS)) {
    it(`that ${fault} is refused, with the place`, (t) => {
      const at = project(t, { 'faulty.jsonl': text })
      assert.throws(() => readTraffic(at('faulty.jsonl'), null), { name: 'TrafficError', message })
    })
  }
})

for (const { name, framework } of FRAMEWORKS) {
  describe(`recordTraffic() on ${name}`, () => {
    async function record(t: TestContext, options: RecordOptions, ask: (origin: string) => Promise<void>) {
      const at = project(t, {})
      const recorder = recordTraffic(at('recorded.jsonl'), options)
      const app = framework()
      app.use(recorder)
      app.use(session({ secret: 's', resave: false, saveUninitialized: false }))
      app.post('/login', framework.json(), (req, res) => {
        Object.assign(req.session, { user: req.body.user })
        res.json({ token: 'a-secret-token', user: req.body.user })
      })
      app.get('/me', (req, res) => void res.json({ user: (req.session as { user?: string }).user ?? null }))
      app.post('/bytes', (req, res, next) => void buffer(req).then((body) => res.json(body.length), next))
      app.post('/unread', (_req, res) => void res.send('x'))
      app.get('/stream', (_req, res) => void res.write('tick'))
      const server = app.listen(0, '127.0.0.1') as Server
      t.after(() => server.close())
      await once(server, 'listening')
      await ask(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
      await recorder.close()
      return { file: at('recorded.jsonl'), requests: readTraffic(at('recorded.jsonl'), null) }
    }

    it('writes each request as it came, read by the application or not', async (t) => {
      const body = Buffer.from([0, 255, 1, 2])
      const { requests } = await record(t, { redact: false }, async (origin) => {
        await ask(`${origin}/me?x=1`, 'GET', { 'X-Odd-CASE': 'a' })
        await ask(`${origin}/bytes`, 'POST', { 'Transfer-Encoding': 'chunked' }, body)
        await ask(`${origin}/unread`, 'POST', { 'Content-Length': '4' }, body)
      })
      assert.deepEqual(
        requests.map(({ method, url, body: given, chunked }) => [method, url, given, chunked]),
        [
          ['GET', '/me?x=1', null, false],
          ['POST', '/bytes', body, true],
          ['POST', '/unread', body, false],
        ],
      )
      assert.ok(requests[0]?.fields.some((pair) => pair.join() === 'X-Odd-CASE,a'))
      assert.equal(requests[0]?.answer?.body?.toString(), '{"user":null}')
    })

    it('fills what nobody read of a body, so that its length stays', async (t) => {
      const body = Buffer.alloc(300_000, 'x')
      const { requests } = await record(t, {}, async (origin) => {
        await ask(`${origin}/unread`, 'POST', { 'Content-Length': '300000' }, body)
      })
      assert.equal(requests[0]?.body?.length, body.length)
      assert.equal(requests[0]?.unsendable, null)
    })

    it('says of a body whose client left that it can not be replayed', async (t) => {
      const { requests } = await record(t, {}, async (origin) => {
        const { port, hostname } = new URL(origin)
        const socket = connect(Number(port), hostname)
        socket.write('POST /bytes HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf', () =>
          socket.destroy(),
        )
        await once(socket, 'close')
        await ask(`${origin}/me`, 'GET', {})
      })
      const left = requests.find(({ url }) => url === '/bytes')
      assert.equal(left?.unsendable, 'the client left before its body had come')
    })

    it('replaces secrets by pseudonyms under which sessions go on when it is replayed', async (t) => {
      const { file, requests } = await record(t, { redact: ['nickname'] }, async (origin) => {
        const json = { 'Content-Type': 'application/json', Authorization: 'Bearer letmein' }
        const login = JSON.stringify({ user: 'ada', password: 'hunter2', nickname: 'countess' })
        const answer = await ask(`${origin}/login?api_key=k3y&page=2`, 'POST', json, Buffer.from(login))
        const cookie = (answer.headers['set-cookie']?.[0] ?? '').split(';')[0] ?? ''
        assert.match(cookie, /^connect\.sid=/)
        await ask(`${origin}/me`, 'GET', { Cookie: cookie })
        await ask(`${origin}/me`, 'GET', {})
      })
      const text = readFileSync(file, 'utf8')
      for (const secret of ['hunter2', 'letmein', 'countess', 'k3y', 'a-secret-token', 's%3A']) {
        assert.ok(!text.includes(secret), secret)
      }
      assert.match(requests[0]?.url ?? '', /^\/login\?api_key=redacted-\w+&page=2$/)
      assert.equal(requests[1]?.client, requests[0]?.client)
      assert.notEqual(requests[2]?.client, requests[0]?.client)

      const at = project(t, {
        'app.cjs': listening(`
          app.use(require('express-session')({ secret: 't', resave: false, saveUninitialized: false }))
          app.post('/login', express.json(), (req, res) => { req.session.user = req.body.user; res.json({}) })
          app.get('/me', (req, res) => res.json({ user: req.session.user ?? null, onNozomi: req.session.user && onNozomi }))`),
      })
      const report = await runShadow({ application: at('app.cjs'), traffic: [file] })
      // One request was logged in, and knows it.
      assert.deepEqual(shownDifferences(report), [['GET /me', 'body $.onNozomi', 'false', 'true']])
    })

    it('notes that a client left, and replays it so', async (t) => {
      const { requests } = await record(t, {}, async (origin) => {
        const { port, hostname } = new URL(origin)
        const socket = connect(Number(port), hostname)
        socket.write('GET /stream HTTP/1.1\r\nHost: x\r\n\r\n')
        await once(socket, 'data')
        socket.destroy()
        // The server has seen it when it answers the next.
        await once(socket, 'close')
        await ask(`${origin}/me`, 'GET', {})
      })
      assert.deepEqual(requests.find(({ url }) => url === '/stream')?.abort, { afterBytes: 4 })
    })

    it('leaves out a body above its limit, and says that the request can not be replayed', async (t) => {
      const { requests } = await record(t, { maxBodyBytes: 10 }, async (origin) => {
        await ask(`${origin}/bytes`, 'POST', {}, Buffer.alloc(11))
      })
      assert.equal(requests[0]?.body?.length, 0)
      assert.equal(requests[0]?.unsendable, 'its body has more than 10 bytes')
    })
  })
}

it('a recorder that can not write warns once, and the application goes on', async (t) => {
  const warned = once(process, 'warning')
  const recorder = recordTraffic('/no/such/folder/at/all.jsonl')
  const app = FRAMEWORKS[0]?.framework()
  assert.ok(app)
  app.use(recorder)
  app.get('/', (_req, res) => void res.send('x'))
  const server = app.listen(0, '127.0.0.1') as Server
  t.after(() => server.close())
  await once(server, 'listening')
  const [warning] = (await warned) as [Error]
  assert.match(warning.message, /^Traffic is not recorded any more: ENOENT/)
  const answer = await ask(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, 'GET', {})
  assert.equal(answer.statusCode, 200)
  await recorder.close()
})

describe('probes', () => {
  it('fill patterns of Express 5 and of Express 4', () => {
    assert.deepEqual(urlsOf('/books/:id'), ['/books/1', '/books/shadow'])
    assert.deepEqual(urlsOf('/books{/:id}'), ['/books/1', '/books', '/books/shadow'])
    assert.deepEqual(urlsOf('/files/*path'), ['/files/1/1', '/files/shadow/shadow'])
    assert.deepEqual(urlsOf('/{:a{/:b}}'), ['/1/1', '/', '/shadow/shadow'])
    assert.deepEqual(urlsOf(String.raw`/user/:id(\d+)`), ['/user/1'])
    assert.deepEqual(urlsOf('/:a-:b.json'), ['/1-1.json', '/shadow-shadow.json'])
    assert.deepEqual(urlsOf('/opt/:id?'), ['/opt/1', '/opt', '/opt/shadow'])
  })

  it('ask with safe methods only', () => {
    const probes = makeProbes([{ path: '/books/:id', methods: ['DELETE'] }], 'localhost')
    assert.deepEqual(
      new Set(probes.map(({ method }) => method)),
      new Set(['GET', 'HEAD', 'OPTIONS', 'PROPFIND']),
    )
  })

  it('reach the routes of routers and of mounted applications', async (t) => {
    const at = project(t, {
      'app.cjs': listening(`
        const inner = express()
        inner.get('/deep/:id', (req, res) => res.send('inner ' + onNozomi))
        const router = express.Router()
        router.route('/things').get((req, res) => res.send('things ' + onNozomi)).delete((req, res) => res.send('gone ' + onNozomi))
        router.use('/apps', inner)
        app.use('/api', router)
        app.use(['/x', '/y'], inner)
        app.get(/^\\/expression/, (req, res) => res.send('x'))`),
    })
    const report = await runShadow({ application: at('app.cjs') })
    const found = new Set(
      report.differences.filter(({ what }) => what === 'body').map(({ request }) => request),
    )
    for (const wanted of ['GET /api/things', 'GET /x/deep/1', 'GET /y/deep/shadow'])
      assert.ok(found.has(wanted), wanted)
    assert.ok(
      [...found].every((one) => one.startsWith('GET ')),
      'nothing was deleted',
    )
    assert.ok(report.counts.equal > 10)
  })
})

function ask(
  url: string,
  method: string,
  headers: Record<string, string>,
  body?: Buffer,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    send(url, { method, headers, agent: false }, (answer) => {
      answer.resume().on('close', () => resolve(answer))
    })
      .on('error', reject)
      .end(body)
  })
}
