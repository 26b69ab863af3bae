import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import express from 'express'
import nozomi from 'nozomi'
import { listen, serve } from '../support/serve.mjs'

/*
 * Both in one process: while an application moves over part by part, or because a package brings its own Express.
 */

function appOf(factory: typeof express | typeof nozomi, name: string): ReturnType<typeof express> {
  const app = (factory as typeof express)()
  app.get(
    '/page',
    (req, res) => void res.json({ name, own: req.app === app, baseUrl: req.baseUrl, query: req.query }),
  )
  app.get('/next', (_req, _res, next) => next())
  return app
}

describe('nozomi and Express in one process', () => {
  it('a nozomi application is mounted on an Express one, and gives the request back whole', async (t) => {
    const parent = appOf(express, 'parent')
    parent.use('/child', appOf(nozomi, 'child'))
    parent.get('/child/next', (req, res) => void res.json({ name: 'parent again', own: req.app === parent }))
    const client = await serve(t, parent)
    const answer = await client.get('/child/page?a=1')
    assert.equal(answer.body, '{"name":"child","own":true,"baseUrl":"/child","query":{"a":"1"}}')
    assert.equal((await client.get('/child/next')).body, '{"name":"parent again","own":true}')
  })

  it('an Express application is mounted on a nozomi one, and gives the request back whole', async (t) => {
    const parent = appOf(nozomi, 'parent')
    parent.use('/child', appOf(express, 'child'))
    parent.get('/child/next', (req, res) => void res.json({ name: 'parent again', own: req.app === parent }))
    const client = await listen(t, parent)
    const answer = await client.get('/child/page?a=1')
    assert.equal(answer.body, '{"name":"child","own":true,"baseUrl":"/child","query":{"a":"1"}}')
    assert.equal((await client.get('/child/next')).body, '{"name":"parent again","own":true}')
    assert.equal((await client.get('/page')).body, '{"name":"parent","own":true,"baseUrl":"","query":{}}')
  })

  it('a nozomi Router serves an Express application, and the other way round', async (t) => {
    for (const [factory, { Router }] of [
      [express, nozomi],
      [nozomi, express],
    ] as const) {
      const app = (factory as typeof express)()
      const router = (Router as typeof express.Router)()
      router.get('/:id', (req, res) => void res.json({ id: req.params['id'], baseUrl: req.baseUrl }))
      app.use('/router', router)
      const client = await serve(t, app)
      assert.equal((await client.get('/router/7')).body, '{"id":"7","baseUrl":"/router"}')
    }
  })

  it('the body parsers and static files of nozomi serve an Express application', async (t) => {
    const app = express()
    app.use(nozomi.json(), nozomi.static(import.meta.dirname))
    app.post('/', (req, res) => void res.json(req.body))
    const client = await serve(t, app)
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"a":[1]}' }
    assert.equal((await client.get('/', init)).body, '{"a":[1]}')
    assert.match((await client.get('/beside-express.test.mjs')).body, /nozomi and Express in one process/)
  })
})
