import assert from 'node:assert/strict'
import test from 'node:test'
import type { Request, RequestHandler, Response } from 'express-serve-static-core'
import { z } from 'zod'
import { validate } from '#dist/index.js'
import { applicationOf, asking } from '../support/asking.mjs'
import { FRAMEWORKS } from '../support/frameworks.mjs'

/*
 * `req.valid` is a member of the request, or one of its prototype, as is cheaper: it has to make no difference.
 */

const page = validate({ query: z.object({ page: z.number() }) })
const limit = validate({ headers: z.object({ 'x-limit': z.number() }) })

type Holding = { valid?: unknown }
const giveValid: RequestHandler = (req, res) => void res.json({ valid: (req as Holding).valid ?? null })
const setMine: RequestHandler = (req, _res, next) => {
  if (req.headers['x-mine'] !== undefined) (req as Holding).valid = { mine: 1 }
  next()
}
const mine = { headers: { 'x-mine': '1' } }

for (const { name, express } of FRAMEWORKS) {
  test(`${name}: req.valid is not there before a contract, and not in the next request`, async (t) => {
    const app = applicationOf(express, (it) => {
      it.get('/page', page, giveValid)
      it.get('/none', giveValid)
      it.get(
        '/has',
        (req: Request, res: Response) =>
          void res.json({ valid: 'valid' in req ? ((req as Holding).valid ?? null) : null }),
      )
    })
    const ask = await asking(t, app)
    assert.equal((await ask('/none')).body.valid, null)
    assert.deepEqual((await ask('/page?page=2')).body.valid, { query: { page: 2 } })
    assert.equal((await ask('/none')).body.valid, null)
    assert.equal((await ask('/has')).body.valid, null)
  })

  for (const order of ['first', 'later']) {
    test(`${name}: parts come to what middleware has put into req.valid, in the ${order} request`, async (t) => {
      const app = applicationOf(express, (it) => it.get('/', setMine, page, giveValid))
      const ask = await asking(t, app)
      if (order === 'later') await ask('/?page=1')
      assert.deepEqual((await ask('/?page=2', mine)).body.valid, { mine: 1, query: { page: 2 } })
      assert.deepEqual((await ask('/?page=3')).body.valid, { query: { page: 3 } })
    })
  }

  test(`${name}: req.valid can be replaced, and two contracts share what it is`, async (t) => {
    const replace: RequestHandler = (req, _res, next) => {
      ;(req as Holding).valid = { mine: 1 }
      next()
    }
    const app = applicationOf(express, (it) => {
      it.get('/both', page, limit, giveValid)
      it.get('/replaced', page, replace, limit, giveValid)
    })
    const ask = await asking(t, app)
    const headers = { 'x-limit': '5' }
    assert.deepEqual((await ask('/both?page=2', { headers })).body.valid, {
      query: { page: 2 },
      headers: { 'x-limit': 5 },
    })
    assert.deepEqual((await ask('/replaced?page=2', { headers })).body.valid, {
      mine: 1,
      headers: { 'x-limit': 5 },
    })
  })

  test(`${name}: what a contract of a mounted application has made is there behind it`, async (t) => {
    const child = express()
    child.use(page)
    const app = applicationOf(express, (it) => {
      it.use('/child', child)
      it.get('/child', giveValid)
      it.use('/router', express.Router().use(page))
      it.get('/router', giveValid)
    })
    const ask = await asking(t, app)
    for (const path of ['/child', '/router', '/child']) {
      assert.deepEqual((await ask(`${path}?page=4`)).body.valid, { query: { page: 4 } }, path)
    }
  })

  test(`${name}: a member of its own that a request has been given counts, whenever that was`, async (t) => {
    const define: RequestHandler = (req, _res, next) => {
      if (req.headers['x-mine'] !== undefined) {
        Object.defineProperty(req, 'valid', { value: { mine: 1 }, configurable: true, writable: true })
      }
      next()
    }
    const app = applicationOf(express, (it) => it.get('/', define, page, giveValid))
    const ask = await asking(t, app)
    for (const asked of [mine, {}, mine]) {
      const expected = { ...(asked === mine ? { mine: 1 } : {}), query: { page: 2 } }
      assert.deepEqual((await ask('/?page=2', asked)).body.valid, expected)
    }
  })

  test(`${name}: an object that has the request for its prototype has its valid`, async (t) => {
    const inherit: RequestHandler = (req, res) =>
      void res.json({ valid: (Object.create(req) as Holding).valid ?? null })
    const app = applicationOf(express, (it) => it.get('/', page, inherit))
    const ask = await asking(t, app)
    assert.deepEqual((await ask('/?page=2')).body.valid, { query: { page: 2 } })
  })

  test(`${name}: an application whose requests have a valid of their own keeps it`, async (t) => {
    const app = applicationOf(express, (it) => {
      Object.defineProperty(it.request, 'valid', {
        get(this: { theirs?: unknown }) {
          return this.theirs
        },
        set(this: { theirs?: unknown }, value: unknown) {
          this.theirs = value
        },
        configurable: true,
      })
      it.get(
        '/',
        page,
        (req: Request, res: Response) => void res.json({ valid: (req as { theirs?: unknown }).theirs }),
      )
    })
    const ask = await asking(t, app)
    assert.deepEqual((await ask('/?page=5')).body.valid, { query: { page: 5 } })
  })
}

// On newer nodes a member more costs nothing.
const newer = Number(process.versions.node.split('.', 1)[0]) >= 24

test('express: a request gets no member but the query that it has no setter for', {
  skip: newer,
}, async (t) => {
  const { express } = FRAMEWORKS.find(({ name }) => name === 'express')!
  const contract = { query: z.object({ a: z.number() }), body: z.object({ b: z.number() }) }
  let before: PropertyKey[] = []
  const app = applicationOf(express, (it) =>
    it.post(
      '/',
      (req: object, _res: unknown, next: () => void) => {
        before = Reflect.ownKeys(req)
        next()
      },
      validate(contract),
      validate({ query: z.object({ c: z.number() }) }),
      (req: any, res: any) => {
        const added = Reflect.ownKeys(req).filter((key) => !before.includes(key))
        res.json({ added: added.map(String), valid: req.valid })
      },
    ),
  )
  const answer = await (await asking(t, app))('/?a=1&c=2', { json: { b: 1 } })
  assert.deepEqual(answer.body, { added: ['query'], valid: { query: { a: 1, c: 2 }, body: { b: 1 } } })
})
