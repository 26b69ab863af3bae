import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { describe, test } from 'node:test'
import type { RequestHandler } from 'express'
import { closureScopes, placeOf, readLayers, routeWays, watchRegistrations } from '@nozomi/insight/layers'
import { FRAMEWORKS } from '../support/frameworks.mjs'

const next: RequestHandler = (_req, _res, next) => next()
const end: RequestHandler = (_req, res) => void res.end()

test('@nozomi/insight/layers is the same for import and require', () => {
  const required = createRequire(import.meta.url)('@nozomi/insight/layers') as Record<string, unknown>
  const imported = { closureScopes, placeOf, readLayers, routeWays, watchRegistrations }
  for (const [name, value] of Object.entries(imported)) assert.equal(value, required[name], name)
})

test('the scopes around a function have its variables by name, innermost first', () => {
  const outer = { outer: true }
  const make = (inner: string) => () => [inner, outer]
  const [nearest, ...rest] = closureScopes(make('text'))
  assert.equal(nearest?.['inner'], 'text')
  assert.ok(rest.some((scope) => scope['outer'] === outer))
  assert.deepEqual(closureScopes(Math.max), [])
})

for (const { name, framework } of FRAMEWORKS) {
  describe(`the ways to the routes on ${name}`, () => {
    test('have the paths of their mounts one by one, and what runs before them', () => {
      const app = framework()
      const router = framework.Router()
      app.use(next)
      app.use('/api', router)
      router.use('/users/me', next)
      router.get(['/users/:id', /^\/u(\d+)$/], next, end)
      const ways = routeWays(app)
      assert.deepEqual(
        ways.map(({ method, pattern, parts, handlers, isGuard }) => [
          method,
          pattern,
          parts,
          handlers.map(({ handler }) => handler),
          isGuard,
        ]),
        [
          ['GET', '/api/users/:id', ['/api', '/users/:id'], [next, end], false],
          ['GET', '/api /^\\/u(\\d+)$/', ['/api', /^\/u(\d+)$/], [next, end], false],
        ],
      )
      assert.deepEqual(
        ways.map(({ before }) => before.map(({ path, runs }) => `${path} ${runs}`)),
        [
          ['/ always', '/api/users/me sometimes'],
          ['/ always', '/api/users/me sometimes'],
        ],
      )
    })

    test('say which path a layer did not keep', () => {
      const app = framework()
      const router = framework.Router()
      router.get('/b', end)
      app.use('/a', router)
      const [mount] = app.router.stack as unknown as { rawPath?: unknown }[]
      assert.deepEqual(routeWays(app)[0]?.parts, ['/a', '/b'])
      delete mount?.rawPath
      assert.deepEqual(routeWays(app)[0]?.parts, [null, '/b'])
    })

    test('know a guard', () => {
      const app = framework()
      app.all('/admin/*path', next)
      app.all('/x', end)
      assert.deepEqual(
        routeWays(app).map(({ isGuard }) => isGuard),
        [true, false],
      )
    })
  })
}
