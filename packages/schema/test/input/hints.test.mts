import assert from 'node:assert/strict'
import test, { type TestContext } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { z } from 'zod'
import { validate } from '#dist/index.js'
import { asking, echo } from '../support/asking.mjs'
import { FRAMEWORKS } from '../support/frameworks.mjs'

/** The warnings of the process with a code, as long as a test runs. */
function warnings(t: TestContext, code: string): string[] {
  const told: string[] = []
  const listen = (warning: Error & { code?: string }): void => {
    if (warning.code === code) told.push(warning.message)
  }
  process.on('warning', listen)
  t.after(() => process.off('warning', listen))
  return told
}

for (const { name: framework, express } of FRAMEWORKS) {
  test(`${framework}: says once that the query parser makes no objects for a contract that wants one`, async (t) => {
    const told = warnings(t, 'NOZOMI_SCHEMA_QUERY_PARSER')
    const app = express()
    const query = z.object({ at: z.object({ x: z.number() }).optional(), q: z.string().optional() })
    app.get('/', validate({ query }), echo)
    const ask = await asking(t, app)
    await ask('/?q=1')
    assert.deepEqual(told, [])
    await ask('/?at[x]=1')
    await ask('/?at[x]=2')
    await setImmediate()
    assert.equal(told.length, 1)
    assert.match(told[0]!, /"at\[x\]".*"at".*app\.set\('query parser', 'extended'\)/u)
  })

  test(`${framework}: says nothing of a query parser that makes objects`, async (t) => {
    const told = warnings(t, 'NOZOMI_SCHEMA_QUERY_PARSER')
    const app = express()
    app.set('query parser', 'extended')
    app.get('/', validate({ query: z.object({ at: z.object({ x: z.number() }) }) }), echo)
    const ask = await asking(t, app)
    assert.deepEqual((await ask('/?at[x]=1')).body.query, { at: { x: 1 } })
    await setImmediate()
    assert.deepEqual(told, [])
  })
}
