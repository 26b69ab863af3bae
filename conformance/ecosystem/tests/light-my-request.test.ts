import assert from 'node:assert/strict'
import { ServerResponse } from 'node:http'
import { test } from 'node:test'
import express from 'express'
import inject from 'light-my-request'
import { fixture } from './support/fixtures.cjs'

function site() {
  const app = express()
  app.set('env', 'test')
  app.set('views', fixture('ejs'))
  app.set('view engine', 'ejs')
  app.set('subdomain offset', 1)
  app.use('/static', express.static(fixture('public')))
  app.use(express.json({ limit: 100 }), express.urlencoded())
  app.get('/hello/:name', (req, res) => {
    const { params, query, ip, hostname, subdomains, protocol } = req
    res.json({ name: params.name, query, ip, hostname, subdomains, protocol })
  })
  app.get('/view', (_req, res) => void res.render('users', { users: ['tobi'] }))
  app.get('/login', (_req, res) => void res.cookie('a', '1').redirect('/hello/tobi'))
  app.get('/stream', (_req, res) => {
    res.write('one,')
    setTimeout(() => res.end('two'), 5)
  })
  app.post('/echo', (req, res) => void res.status(201).json(req.body))
  app.post('/fail', () => {
    throw new Error('boom')
  })
  return app
}

test('light-my-request gives the application a request without a socket', async () => {
  const response = await inject(site(), {
    url: '/hello/tobi?x=1',
    remoteAddress: '203.0.113.5',
    headers: { host: 'api.localhost' },
  })
  assert.equal(response.statusCode, 200)
  assert.equal(response.headers['content-type'], 'application/json; charset=utf-8')
  assert.deepEqual(response.json(), {
    name: 'tobi',
    query: { x: '1' },
    ip: '203.0.113.5',
    hostname: 'api.localhost',
    subdomains: ['api'],
    protocol: 'http',
  })
  assert.ok(response.raw.res instanceof ServerResponse)
})

test('light-my-request carries bodies in, and cookies, views, files, streams out', async () => {
  const app = site()
  const post = await inject(app)
    .post('/echo')
    .payload({ a: [1] })
  assert.deepEqual([post.statusCode, post.json()], [201, { a: [1] }])
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  assert.equal((await inject(app).post('/echo').headers(headers).payload('a=1')).payload, '{"a":"1"}')

  const login = await inject(app, '/login')
  assert.deepEqual([login.statusCode, login.headers.location], [302, '/hello/tobi'])
  assert.deepEqual({ ...login.cookies[0] }, { name: 'a', value: '1', path: '/' })
  assert.match((await inject(app, '/view')).payload, /<li>tobi<\/li>/)
  assert.equal((await inject(app, '/stream')).payload, 'one,two')
  const part = await inject(app, { url: '/static/notes.txt', headers: { range: 'bytes=2-6' } })
  assert.deepEqual([part.statusCode, part.payload], [206, 'plain'])
  const head = await inject(app, { method: 'HEAD', url: '/hello/tobi' })
  assert.deepEqual([head.statusCode, head.payload], [200, ''])
})

test('light-my-request gets the 404 and the 500 of a request whose body was read', async () => {
  const absent = await inject(site(), { method: 'POST', url: '/absent', payload: { a: 1 } })
  assert.deepEqual([absent.statusCode, /Cannot POST \/absent/.test(absent.payload)], [404, true])
  const failed = await inject(site(), { method: 'POST', url: '/fail', payload: { a: 1 } })
  assert.deepEqual([failed.statusCode, /Error: boom/.test(failed.payload)], [500, true])
})

test('light-my-request gets the 400 and the 413 of a body that is refused', async () => {
  const headers = { 'content-type': 'application/json' }
  const broken = await inject(site(), { method: 'POST', url: '/echo', headers, payload: '{"a' })
  assert.deepEqual([broken.statusCode, /SyntaxError/.test(broken.payload)], [400, true])
  const large = await inject(site(), { method: 'POST', url: '/echo', headers, payload: ['x'.repeat(200)] })
  assert.deepEqual([large.statusCode, /PayloadTooLargeError/.test(large.payload)], [413, true])
})
