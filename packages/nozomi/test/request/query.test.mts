import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import nozomi from 'nozomi'
import { listen } from '../support/serve.mjs'

describe('req.query', () => {
  it('keeps what a middleware changes in it', async (t) => {
    const app = nozomi()
    app.use((req, _res, next) => {
      delete req.query['$where']
      req.query['added'] = 'yes'
      next()
    })
    app.get('/', (req, res) => void res.json(req.query))
    const client = await listen(t, app)
    assert.equal((await client.get('/?a=1&$where=x')).body, '{"a":"1","added":"yes"}')
  })

  it('can be assigned, in strict code too, and the value lasts through mounted routers', async (t) => {
    const app = nozomi()
    const router = nozomi.Router()
    app.use((req, _res, next) => {
      req.query = { replaced: 'true' }
      next()
    })
    router.get('/in', (req, res) => void res.json(req.query))
    app.use('/mounted', router)
    const client = await listen(t, app)
    assert.equal((await client.get('/mounted/in?a=1')).body, '{"replaced":"true"}')
  })

  it('is parsed once for a url, also when a router cuts the path', async (t) => {
    const app = nozomi()
    let parsed = 0
    app.set('query parser', (text: string | null) => ({ text, parsed: ++parsed }))
    app.use('/a', (req, _res, next) => {
      assert.equal(req.query, req.query)
      next()
    })
    app.get('/a/b', (req, res) => void res.json(req.query))
    const client = await listen(t, app)
    assert.equal((await client.get('/a/b?x')).body, '{"text":"x","parsed":1}')
  })

  it('is parsed anew when the query of req.url changes', async (t) => {
    const app = nozomi()
    app.use((req, _res, next) => {
      assert.equal(req.query['a'], '1')
      req.url = '/?b=2'
      next()
    })
    app.get('/', (req, res) => void res.json(req.query))
    const client = await listen(t, app)
    assert.equal((await client.get('/?a=1')).body, '{"b":"2"}')
  })

  it('is parsed by the mounted application as its own setting says', async (t) => {
    const parent = nozomi()
    const child = nozomi()
    child.set('query parser', 'extended')
    child.get('/', (req, res) => void res.json(req.query))
    parent.use('/child', (req, _res, next) => {
      assert.equal(req.query['a[b]'], '1')
      next()
    })
    parent.use('/child', child)
    const client = await listen(t, parent)
    assert.equal((await client.get('/child?a[b]=1')).body, '{"a":{"b":"1"}}')
  })

  it('is an empty object without a prototype when parsing is turned off', async (t) => {
    const app = nozomi()
    app.disable('query parser')
    app.get('/', (req, res) => void res.json([req.query, Object.getPrototypeOf(req.query)]))
    const client = await listen(t, app)
    assert.equal((await client.get('/?a=1')).body, '[{},null]')
  })
})
