import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { explain } from '#dist/routes/explain.js'
import { routes } from '#dist/routes/routes.js'
import { FRAMEWORKS } from '../support/frameworks.mjs'
import { makeApp, randomApp } from '../support/random-app.mjs'

/*
 * The route list, which compares patterns as text, beside the explanation of a request, which asks the layers; that what the
 * explanation says does happen is shown in explain-property.test.mts.
 */

/** A path that a pattern takes; null for one of a regular expression. */
function pathFor(pattern: string, values: readonly string[]): string | null {
  if (/[\\^]/.test(pattern)) return null
  let i = 0
  const value = () => values[i++ % values.length] as string
  return pattern
    .replace(/\{([^}]*)\}/g, (_, part: string) => (value() === 'a' ? part : ''))
    .replace(/:\w|\*rest/g, value)
}

for (const { name, framework } of FRAMEWORKS) {
  test(`${name}: middleware that is said to run always does, and what runs is said to`, () => {
    const value = fc.constantFrom('a', 'b', 'c', 'ab')
    let compared = 0
    fc.assert(
      fc.property(randomApp, fc.array(value, { minLength: 4, maxLength: 4 }), (drawn, values) => {
        const app = makeApp(framework, drawn, [])
        for (const { method, pattern, middleware, handlers } of routes(app)) {
          const path = pathFor(pattern, values)
          if (path === null) continue
          const { layers } = explain(app, method === 'ALL' ? 'GET' : method, path)
          const ran = layers.filter(({ verdict, handler }) => verdict !== 'skipped' && handler !== null)
          // Another route may have answered OPTIONS, and strict routing may want another path.
          const end = ran.findIndex(
            (layer) => layer.name === handlers.find(({ kind }) => kind === 'handler')?.name,
          )
          if (end === -1) continue
          compared++
          const before = new Set(ran.slice(0, end).map((layer) => layer.name))
          const middlewareRan = ran.slice(0, end).filter(({ kind }) => kind === 'middleware')
          const said = new Set(middleware.map((one) => one.name))
          const missing = middlewareRan.filter((layer) => !said.has(layer.name)).map((layer) => layer.name)
          assert.deepEqual(missing, [], `${method} ${pattern} ${path}: runs, and is not in the list`)
          const always = middleware.filter(({ runs, kind }) => runs === 'always' && kind === 'middleware')
          const idle = always.filter((one) => !before.has(one.name)).map((one) => one.name)
          assert.deepEqual(idle, [], `${method} ${pattern} ${path}: is said to run always, and does not`)
        }
      }),
      { numRuns: Number(process.env['INSIGHT_RUNS'] ?? 400) },
    )
    assert.ok(compared > 100, `${compared} routes compared`)
  })
}
