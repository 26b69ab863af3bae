import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { RULE_IDS } from '#dist/shadow/report/known-differences.js'
import { runShadow } from '#dist/shadow/run-shadow.js'
import type { TrafficRequest } from '#dist/types/shadow.js'
import { listening, project, ROOT } from './support/project.mjs'
import { postJson, request, shownDifferences } from './support/requests.mjs'

/** Answers otherwise on Nozomi, in one way each: what the environment says stands for a difference of the frameworks. */
const APPLICATION = listening(`
const http = require('node:http')
app.set('etag', false)
app.get('/equal', (req, res) => res.json({ a: [1, { b: 2 }] }))
app.get('/status', (req, res) => res.status(onNozomi ? 403 : 404).send('no'))
app.get('/reason', (req, res) => { res.statusMessage = onNozomi ? 'Fine' : 'Good'; res.send('x') })
app.get('/field', (req, res) => res.set('Cache-Control', onNozomi ? 'no-store' : 'no-cache').send('x'))
app.get('/absent', (req, res) => { if (onNozomi) res.set('X-New', '1'); res.send('x') })
app.get('/order', (req, res) => {
  for (const name of onNozomi ? ['B', 'A'] : ['A', 'B']) res.set(name, '1')
  res.send('x')
})
app.get('/case', (req, res) => res.set(onNozomi ? 'x-some' : 'X-Some', '1').send('x'))
app.get('/cookie', (req, res) => res.cookie('a', 'b', { httpOnly: !onNozomi }).send('x'))
app.get('/json', (req, res) => res.json({ list: [{ id: 1, 'odd key': onNozomi ? null : 'x' }, ...(onNozomi ? [3] : [])] }))
app.get('/bytes', (req, res) => res.send(Buffer.from(onNozomi ? [0, 255, 2] : [0, 255, 1])))
app.get('/framing', (req, res) => {
  if (onNozomi) res.write('x')
  res.end(onNozomi ? '' : 'x')
})
app.get('/closed', (req, res) => { if (onNozomi) res.set('Connection', 'close'); res.send('x') })
app.get('/trailer', (req, res) => {
  res.set('Trailer', 'X-Sum').write('x')
  res.addTrailers({ 'X-Sum': onNozomi ? '1' : '2' })
  res.end()
})
app.get('/interim', (req, res) => { if (onNozomi) res.writeProcessing(); res.send('x') })
app.get('/gzip', (req, res) => {
  const body = require('node:zlib').gzipSync(JSON.stringify({ packed: onNozomi }), { level: onNozomi ? 9 : 1 })
  res.set({ 'Content-Encoding': 'gzip', 'Content-Type': 'application/json' }).end(body)
})
app.get('/broken', (req, res) => {
  res.write('half')
  if (onNozomi) setImmediate(() => res.destroy())
  else res.end()
})
`)

const EXPECTED: Record<string, string[][]> = {
  '/equal': [],
  '/status': [['status', '404', '403']],
  '/reason': [['reason', 'Good', 'Fine']],
  '/field': [['field Cache-Control', 'no-cache', 'no-store']],
  '/absent': [['field X-New', '(absent)', '1']],
  '/order': [
    [
      'field order',
      'x-powered-by, a, b, content-type, content-length, date, connection, keep-alive',
      'x-powered-by, b, a, content-type, content-length, date, connection, keep-alive',
    ],
  ],
  '/case': [['field case x-some', 'X-Some', 'x-some']],
  '/cookie': [['field Set-Cookie a httponly', '', '(absent)']],
  '/json': [
    ['body $.list.length', '1', '2'],
    ['body $.list[0]["odd key"]', '"x"', 'null'],
  ],
  '/bytes': [['body byte 2', '3 bytes, there 01', '3 bytes, there 02']],
  '/framing': [
    ['field Content-Length', '1', '(absent)'],
    ['field Transfer-Encoding', '(absent)', 'chunked'],
    ['framing', 'length', 'chunked'],
  ],
  '/closed': [
    ['field Keep-Alive', 'timeout=5', '(absent)'],
    [
      'field order',
      'x-powered-by, content-type, content-length, date, connection',
      'x-powered-by, connection, content-type, content-length, date',
    ],
    ['field Connection', 'keep-alive', 'close'],
    ['connection', 'kept', 'closed'],
  ],
  '/trailer': [['trailer', 'X-Sum: 2', 'X-Sum: 1']],
  '/interim': [['interim', '(none)', '102']],
  '/gzip': [['body $.packed', 'false', 'true']],
  '/broken': [
    ['connection', 'kept', 'broken (ECONNRESET)'],
    ['events', 'finish, close', 'aborted, close'],
  ],
}

describe('a difference', () => {
  it('is listed with both values, whatever part of the answer it is in', async (t) => {
    const at = project(t, { 'app.cjs': APPLICATION })
    const traffic = Object.keys(EXPECTED).map((url) => request(url))
    const report = await runShadow({ application: at('app.cjs'), traffic })
    const found = Object.keys(EXPECTED).map((url) => [
      url,
      shownDifferences(report).flatMap(([label, ...rest]) => (label === `GET ${url}` ? [rest] : [])),
    ])
    assert.deepEqual(Object.fromEntries(found), EXPECTED)
    assert.equal(report.verdict, 'different')
    assert.equal(report.counts.equal, 1)
    assert.equal(report.counts.different, traffic.length - 1)
  })

  it('that is ignored is none: a field, a path in JSON, a kind', async (t) => {
    const at = project(t, { 'app.cjs': APPLICATION })
    const traffic = ['/field', '/json', '/order', '/cookie', '/status'].map((url) => request(url))
    const ignore = ['cache-control', '$.list.length', '$.list[*]["odd key"]', 'field order', 'Set-Cookie']
    const report = await runShadow({ application: at('app.cjs'), traffic, ignore, control: false })
    assert.deepEqual(shownDifferences(report), [['GET /status', 'status', '404', '403']])
  })

  it('that is known is named by its id, and counts as equal when it is allowed', async (t) => {
    const at = project(t, {
      'app.cjs': listening(`
        app.use(express.json())
        app.post('/', (req, res) => res.json(req.body))
        app.get('/class', (req, res) => res.send(req.constructor.name))
        app.use(express.static(__dirname))`),
      'x.txt': 'a file',
    })
    const traffic = [
      postJson('/', '{"__proto__":{"admin":true}}'),
      request('/class'),
      request('/%78.txt'),
      request('/x.txt'),
    ]
    const application = at('app.cjs')
    const report = await runShadow({ application, traffic })
    const ids = report.differences
      .filter(({ what }) => what === 'status' || what === 'body')
      .map(({ known }) => known?.id)
    assert.deepEqual(ids, [
      'json-prototype-keys',
      'json-prototype-keys',
      'message-classes',
      'static-canonical-path',
      'static-canonical-path',
    ])
    assert.equal(report.differences[0]?.known?.link, 'docs/reference/differences.md#json-prototype-keys')
    assert.deepEqual(report.counts, {
      compared: 4,
      equal: 1,
      different: 3,
      allowed: 0,
      unsteady: 0,
      skipped: 0,
    })

    const allow = ['json-prototype-keys', 'static-canonical-path']
    const allowed = await runShadow({ application, traffic, allow })
    assert.deepEqual(allowed.counts, {
      compared: 4,
      equal: 1,
      different: 1,
      allowed: 2,
      unsteady: 0,
      skipped: 0,
    })
    assert.equal((await runShadow({ application, traffic, allow: ['known'] })).verdict, 'equal')
  })

  it('that is said to be known stands in the list of differences', () => {
    const page = readFileSync(join(ROOT, 'docs/reference/differences.md'), 'utf8')
    assert.ok(RULE_IDS.length > 10)
    for (const id of RULE_IDS) assert.ok(page.includes(`\n### ${id}\n`), id)
  })
})

describe('a request', () => {
  // What Nozomi got is seen in the report, as what differs from the nothing that Express says.
  const ECHO = listening(`
    app.use(express.raw({ type: () => true }))
    app.use((req, res) => res.json(onNozomi ? [req.method, req.url, req.rawHeaders.join(), [...(req.body ?? [])]] : 0))`)

  it('is sent as it is: its fields in order and spelling, its body byte by byte, chunked or not', async (t) => {
    const at = project(t, { 'app.cjs': ECHO })
    const body = Buffer.from([0, 255, 13, 10, 0xc3, 0x28])
    const traffic: TrafficRequest[] = [
      request('/a?b=%20&c', {
        fields: [
          ['HOST', 'x.test'],
          ['x-One', '1'],
          ['X-one', '2'],
        ],
      }),
      request('/bytes', {
        method: 'PUT',
        body,
        fields: [
          ['content-length', '99'],
          ['X-Last', 'z'],
        ],
      }),
      request('/chunks', { method: 'POST', body, chunked: true }),
      request('/none', { method: 'POST' }),
      request('/odd', { method: 'PURGE', fields: [['Connection', 'close']] }),
    ]
    const report = await runShadow({ application: at('app.cjs'), traffic, control: false, ignore: ['etag'] })
    const seen = report.differences.flatMap(({ what, nozomi }) =>
      what === 'body' ? [JSON.parse(nozomi) as unknown] : [],
    )
    assert.deepEqual(seen, [
      ['GET', '/a?b=%20&c', 'HOST,x.test,x-One,1,X-one,2,Connection,keep-alive', []],
      ['PUT', '/bytes', 'Host,localhost,content-length,6,X-Last,z,Connection,keep-alive', [...body]],
      ['POST', '/chunks', 'Host,localhost,Transfer-Encoding,chunked,Connection,keep-alive', [...body]],
      ['POST', '/none', 'Host,localhost,Content-Length,0,Connection,keep-alive', []],
      ['PURGE', '/odd', 'Host,localhost,Connection,close,Content-Length,0', []],
    ])
  })

  it('that HTTP can not say is skipped, with the reason', async (t) => {
    const at = project(t, { 'app.cjs': ECHO })
    const traffic = [request('/a b'), request('/', { fields: [['X-Bad', 'a\nb']] }), request('/')]
    const report = await runShadow({ application: at('app.cjs'), traffic, control: false })
    assert.equal(report.counts.skipped, 2)
    assert.equal(report.counts.compared, 1)
    assert.match(report.skipped[0]?.what ?? '', /^HTTP can not say it: /)
  })
})
