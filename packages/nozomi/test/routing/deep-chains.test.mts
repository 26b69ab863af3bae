import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import nozomi, { type NextFunction, type Request, type Response } from 'nozomi'
import { listen } from '../support/serve.mjs'

interface Counting extends Request {
  count?: number
}

function count(req: Counting, _res: Response, next: NextFunction): void {
  req.count = (req.count ?? 0) + 1
  next()
}

function show(req: Counting, res: Response): void {
  res.json(req.count)
}

describe('a chain of 10,000 that call next() at once', () => {
  const chains = {
    'middleware of an application': () => {
      const app = nozomi()
      for (let i = 0; i < 10_000; i++) app.use(count)
      return app
    },
    'handlers of one route': () => {
      const app = nozomi()
      app.get('/', ...Array.from({ length: 10_000 }, () => count))
      return app
    },
    'routers that match and do nothing': () => {
      const app = nozomi()
      for (let i = 0; i < 10_000; i++) app.use(nozomi.Router().use(count))
      return app
    },
    'middleware of 100 routers, 100 in each': () => {
      const app = nozomi()
      for (let i = 0; i < 100; i++) app.use(nozomi.Router().use(...Array.from({ length: 100 }, () => count)))
      return app
    },
    'middleware of 100 routers in one another, 100 behind each': () => {
      let inner = nozomi.Router()
      for (let i = 0; i < 100; i++) {
        inner = nozomi.Router().use(inner, ...Array.from({ length: 100 }, () => count))
      }
      return nozomi().use(inner)
    },
    'routers without a match': () => {
      const app = nozomi()
      for (let i = 0; i < 10_000; i++) app.use(nozomi.Router().get('/other', show))
      app.use((req: Counting, _res, next) => {
        req.count = 10_000
        next()
      })
      return app
    },
  }
  for (const [name, create] of Object.entries(chains)) {
    it(`does not overflow the stack: ${name}`, async (t) => {
      const app = create()
      app.get('/', show)
      const client = await listen(t, app)
      assert.equal((await client.get('/')).body, '10000')
    })
  }

  it('does not overflow the stack: error handlers', async (t) => {
    const app = nozomi()
    app.get('/', (_req, _res, next) => next(new Error('x')))
    for (let i = 0; i < 10_000; i++) {
      app.use((error: unknown, req: Counting, _res: Response, next: NextFunction) => {
        req.count = (req.count ?? 0) + 1
        next(error)
      })
    }
    app.use((_error: unknown, req: Counting, res: Response, _next: NextFunction) => void res.json(req.count))
    const client = await listen(t, app)
    assert.equal((await client.get('/')).body, '10000')
  })
})
