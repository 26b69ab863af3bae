import assert from 'node:assert/strict'
import test from 'node:test'
import { z } from 'zod'
import { createMiddleware } from '#dist/index.js'
import { applicationOf, asking } from './support/asking.mjs'
import { FRAMEWORKS } from './support/frameworks.mjs'

for (const { name, express } of FRAMEWORKS) {
  const requireUser = createMiddleware<{ user: string }>(
    async function requireUser(req, _res, next) {
      await Promise.resolve()
      const { user } = req.headers
      if (user === undefined) throw Object.assign(new Error('who is there?'), { status: 401 })
      req.user = String(user)
      next()
    },
    { security: ['session'], response: { 401: z.any() } },
  )

  test(`${name}: a middleware adds to the request, and its rejection is an error of the route`, async (t) => {
    const app = applicationOf(express, (it) =>
      it.get('/', requireUser, (req: any, res: any) => res.json({ user: req.user })),
    )
    const ask = await asking(t, app)
    assert.deepEqual((await ask('/', { headers: { user: 'ada' } })).body, { user: 'ada' })
    assert.equal((await ask('/')).status, 401)
  })
}

test('a middleware keeps its name, and carries its contract', () => {
  const contract = { security: ['session'] }
  const handler = () => {}
  const middleware = createMiddleware(handler, contract)
  assert.equal(middleware.name, 'handler')
  assert.equal(middleware.length, 3)
  assert.equal(middleware['~contract'].contract, contract)
  assert.equal(createMiddleware(() => {}).name, 'middleware')
  assert.equal('~contract' in handler, false)
})
