import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { runShadow } from '#dist/shadow/run-shadow.js'
import { listening, project } from './support/project.mjs'
import { postJson, request, shownDifferences } from './support/requests.mjs'

const APPLICATION = listening(`
const { randomUUID } = require('node:crypto')
app.use((req, res, next) => { res.set('X-Request-Id', randomUUID()); next() })
app.get('/time', (req, res) => res.json({ at: new Date(), uptime: process.uptime(), same: !onNozomi }))
app.get('/page', (req, res) => res.send('<form><input name="csrf" value="' + randomUUID() + '"></form>'
  + '<p>' + (onNozomi ? 'Bonjour' : 'Hello') + '</p>'))
app.get('/list', (req, res) => res.json({ ids: Array.from({ length: 1 + Math.floor(Math.random() * 1e6) % 1000 }, () => 1), kind: onNozomi }))
app.get('/cookie', (req, res) => res.cookie('sid', randomUUID(), { sameSite: onNozomi ? 'lax' : 'strict', maxAge: 1000 }).send('x'))
app.get('/expires', (req, res) => res.set('Expires', new Date(Date.now() + 60_000).toUTCString()).send('x'))
let asked = 0
app.get('/seldom', (req, res) => res.set('Vary', onNozomi || (process.env.NOZOMI_SHADOW === 'control' && ++asked > 1) ? 'A' : 'B').send('x'))
app.get('/fails', () => { throw new Error('no ' + (onNozomi ? 'luck' : 'chance')) })
app.get('/fails-alike', () => { throw new Error('no luck') })
app.get('/stack', (req, res) => res.json({ stack: new Error('here').stack }))
app.use((error, req, res, next) => req.query.page ? next(error) : res.status(500).json({ error: error.stack }))
`)

describe('what differs by itself', () => {
  it('is no difference, and hides none beside it', async (t) => {
    const at = project(t, { 'app.cjs': APPLICATION })
    const traffic = ['/time', '/page', '/list', '/cookie', '/expires', '/seldom'].map((url) => request(url))
    const report = await runShadow({ application: at('app.cjs'), traffic })
    assert.deepEqual(shownDifferences(report), [
      ['GET /time', 'body $.same', 'true', 'false'],
      ['GET /page', 'body word 9', 'Hello', 'Bonjour'],
      ['GET /list', 'body $.kind', 'false', 'true'],
      ['GET /cookie', 'field Set-Cookie sid samesite', 'Strict', 'Lax'],
    ])
    const noise = new Map(report.noise.map(({ what, count }) => [what, count]))
    assert.equal(noise.get('field X-Request-Id'), 6)
    assert.equal(noise.get('body $.at'), 1)
    assert.equal(noise.get('field Set-Cookie sid'), 1)
  })

  it('is listed when Express is asked once only', async (t) => {
    const at = project(t, { 'app.cjs': APPLICATION })
    const report = await runShadow({
      application: at('app.cjs'),
      traffic: [request('/expires')],
      control: false,
    })
    assert.deepEqual(
      shownDifferences(report).map(([, what]) => what),
      ['field X-Request-Id'],
    )
  })

  it('is not what was done: a request with another status each time is unsteady, and the run incomplete', async (t) => {
    const at = project(t, {
      'app.cjs': listening(`
        app.get('/', (req, res) => res.status(process.env.NOZOMI_SHADOW === 'control' ? 503 : 200).send('x'))
        app.get('/steady', (req, res) => res.send('x'))`),
    })
    const application = at('app.cjs')
    const traffic = ['/', '/steady'].map((url) => request(url))
    const report = await runShadow({ application, traffic })
    assert.deepEqual([report.verdict, report.counts.equal, report.counts.unsteady], ['incomplete', 1, 1])
    assert.deepEqual(report.unsteady, [{ what: 'status 200 and 503', count: 1, example: 'GET /' }])
    assert.equal((await runShadow({ application, traffic, ignore: ['status'] })).verdict, 'equal')
  })

  it('and what differs is shown without secrets', async (t) => {
    const at = project(t, {
      'app.cjs': listening(`
        const { randomUUID } = require('node:crypto')
        app.get('/', (req, res) => {
          const sid = randomUUID()
          res.cookie('sid', sid).set('X-Auth-Token', 'secret-' + onNozomi).json({ accessToken: 'secret-' + sid, kind: onNozomi })
        })`),
    })
    const report = await runShadow({ application: at('app.cjs'), traffic: [request('/?password=secret-1')] })
    assert.deepEqual(
      report.differences.map(({ where, nozomi }) => [where, nozomi]),
      [
        ['X-Auth-Token', '[redacted, 11 characters]'],
        ['$.kind', 'true'],
      ],
    )
    assert.equal(report.differences[0]?.request, 'GET /?password=[redacted]')
    assert.deepEqual(report.noise.map(({ what }) => what).toSorted(), [
      'body $.accessToken',
      'field Set-Cookie sid',
    ])
    assert.ok(!JSON.stringify(report).includes('secret-'))
  })

  it('is the frames of a stack, and not its error', async (t) => {
    const at = project(t, { 'app.cjs': APPLICATION })
    const traffic = ['/fails', '/fails?page=1', '/fails-alike', '/fails-alike?page=1', '/stack'].map((url) =>
      request(url),
    )
    const report = await runShadow({ application: at('app.cjs'), traffic })
    assert.deepEqual(shownDifferences(report), [
      ['GET /fails', 'body $.error', '"Error: no chance\\n    at …"', '"Error: no luck\\n    at …"'],
      ['GET /fails?page=1', 'body word 18', 'chance', 'luck'],
    ])
  })

  it('is the length that a HEAD tells, when a GET gives equal bodies', async (t) => {
    const at = project(t, {
      'app.cjs': listening(`
        app.get('/stack', (req, res) => res.send(new Error(__filename).stack))
        app.get('/length', (req, res) => res.send(onNozomi ? 'longer' : 'long'))`),
    })
    const traffic = ['/stack', '/length'].map((url) => request(url, { method: 'HEAD' }))
    const report = await runShadow({ application: at('app.cjs'), traffic, ignore: ['ETag'] })
    assert.deepEqual(shownDifferences(report), [['HEAD /length', 'field Content-Length', '4', '6']])
  })
})

describe('a session', () => {
  const SHOP = listening(`
const session = require('express-session')
app.use(session({ secret: 's', resave: false, saveUninitialized: false }))
app.use(express.json())
app.post('/login', (req, res) => { req.session.user = req.body.user; res.json({ welcome: req.body.user }) })
app.get('/me', (req, res) => req.session.user ? res.json({ user: req.session.user, onNozomi }) : res.status(401).end())
app.post('/logout', (req, res) => req.session.destroy(() => res.clearCookie('connect.sid').end()))
`)

  it('is kept for each side and each client', async (t) => {
    const at = project(t, { 'app.cjs': SHOP })
    const traffic = [
      postJson('/login', { user: 'ada' }, { client: 'a' }),
      request('/me', { client: 'a' }),
      request('/me', { client: 'b' }),
      postJson('/login', { user: 'bob' }, { client: 'b' }),
      request('/me', { client: 'b' }),
      request('/me', { client: 'a' }),
      postJson('/logout', {}, { client: 'a' }),
      request('/me', { client: 'a' }),
    ]
    const report = await runShadow({ application: at('app.cjs'), traffic })
    // Had a side lost its session, it would have answered 401, on both sides alike, and shown no difference in the body.
    assert.deepEqual(
      shownDifferences(report),
      ['GET /me', 'GET /me', 'GET /me'].map((label) => [label, 'body $.onNozomi', 'false', 'true']),
    )
    assert.equal(report.counts.equal, 5)
    assert.ok(report.warnings.some((warning) => warning.includes('written to more than once')))
  })
})

describe('values of a recording', () => {
  const ORDERS = listening(`
const { randomUUID } = require('node:crypto')
const orders = new Map()
app.use(express.json())
app.post('/orders', (req, res) => {
  const id = randomUUID()
  orders.set(id, { of: req.body.of, onNozomi })
  res.status(201).location('/orders/' + id).json({ id })
})
app.get('/orders/:id', (req, res) => orders.has(req.params.id) ? res.json(orders.get(req.params.id)) : res.status(404).end())
app.post('/pay', (req, res) => orders.has(req.body.order) ? res.json({ paid: true, onNozomi }) : res.status(404).end())
`)
  const recorded = Buffer.from(JSON.stringify({ id: 'recorded-id' }))
  const traffic = [
    postJson(
      '/orders',
      { of: 'tea' },
      { answer: { status: 201, fields: [['location', '/orders/recorded-id']], body: recorded } },
    ),
    request('/orders/recorded-id?x=recorded-id'),
    postJson('/pay', { order: 'recorded-id' }),
  ]

  it('are replaced by those of each side with mapIds', async (t) => {
    const at = project(t, { 'app.cjs': ORDERS })
    const report = await runShadow({ application: at('app.cjs'), traffic, mapIds: true })
    assert.deepEqual(shownDifferences(report), [
      ['GET /orders/recorded-id?x=recorded-id', 'body $.onNozomi', 'false', 'true'],
      ['POST /pay', 'body $.onNozomi', 'false', 'true'],
    ])
  })

  it('are sent as they are without', async (t) => {
    const at = project(t, { 'app.cjs': ORDERS })
    const report = await runShadow({ application: at('app.cjs'), traffic })
    assert.deepEqual(shownDifferences(report), [])
    assert.equal(report.counts.equal, 3)
  })
})
