import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import { test } from 'node:test'
import express = require('express')
import { createRequest, createResponse, type RequestOptions } from 'node-mocks-http'
import { fixture } from './support/fixtures.cjs'

type Handler = (req: express.Request, res: express.Response, next: express.NextFunction) => unknown

/** Drives an application, a router or a handler until it answers or passes on. */
async function drive(handler: Handler, options: RequestOptions) {
  const req = createRequest<express.Request>(options)
  const res = createResponse<express.Response>({ eventEmitter: EventEmitter, req })
  const error = await new Promise<unknown>((done) => {
    res.once('end', () => done(undefined))
    handler(req, res, done)
  })
  return { req, res, error, answered: res._isEndCalled() }
}

function site() {
  const app = express()
  app.use((req, res, next) => {
    res.set('X-Path', req.path)
    next()
  })
  app.use(express.json())
  app.use('/static', express.static(fixture('public')))
  app.get('/users/:id', (req, res) => {
    res.json({ id: req.params.id, query: req.query, key: req.get('X-Key') })
  })
  app.post('/users', (req, res) => void res.status(201).send(req.body))
  app.get('/view', (_req, res) => res.render('users', { users: ['tobi'] }))
  app.get('/login', (_req, res) => void res.cookie('a', '1').redirect('/users/7'))
  app.get('/file', (_req, res) => void res.sendFile('notes.txt', { root: fixture('public') }))
  app.get('/fail', () => {
    throw new Error('boom')
  })
  const inner = express.Router().get('/:name', (req, res) => void res.json([req.baseUrl, req.params.name]))
  app.use('/inner', inner)
  return app
}

test('node-mocks-http drives an application, and its response records what was answered', async () => {
  const found = await drive(site(), { url: '/users/7?x=1', headers: { 'X-Key': 'hikari' } })
  assert.equal(found.res.statusCode, 200)
  assert.equal(found.res.getHeader('X-Path'), '/users/7')
  assert.deepEqual(found.res._getJSONData(), { id: '7', query: { x: '1' }, key: 'hikari' })

  const made = await drive(site(), { method: 'POST', url: '/users', body: { name: 'tobi' } })
  assert.equal(made.res.statusCode, 201)
  assert.deepEqual(made.res._getData(), { name: 'tobi' })

  const viewed = await drive(site(), { url: '/view' })
  assert.deepEqual([viewed.res._getRenderView(), viewed.res._getRenderData()], ['users', { users: ['tobi'] }])

  const login = await drive(site(), { url: '/login' })
  assert.equal(login.res._getRedirectUrl(), '/users/7')
  assert.equal(login.res.cookies.a?.value, '1')
})

test('node-mocks-http drives a router and a handler alone', async () => {
  const router = express.Router()
  router.get('/users/:id', (req, res) => void res.status(202).json(req.params))
  const routed = await drive(router, { url: '/users/7' })
  assert.deepEqual([routed.res.statusCode, routed.res._getJSONData()], [202, { id: '7' }])

  const parsed = await drive(express.json(), { method: 'POST', body: { given: true } })
  assert.deepEqual([parsed.answered, parsed.error, parsed.req.body], [false, undefined, { given: true }])
})

test('files are sent to the response of node-mocks-http', async () => {
  for (const url of ['/file', '/static/notes.txt']) {
    const { res } = await drive(site(), { url })
    assert.equal(res.statusCode, 200)
    assert.equal(res.getHeader('Content-Type'), 'text/plain; charset=utf-8')
    assert.equal(Number(res.getHeader('Content-Length')), 18)
  }
})

test('what the application leaves, or fails at, is passed to the callback', async () => {
  const absent = await drive(site(), { url: '/absent' })
  assert.deepEqual([absent.answered, absent.error], [false, undefined])
  const failed = await drive(site(), { url: '/fail' })
  assert.deepEqual([failed.answered, String(failed.error)], [false, 'Error: boom'])
})
