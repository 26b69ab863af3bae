import assert from 'node:assert/strict'
import { createServer, request as httpRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import test from 'node:test'
import fc from 'fast-check'
import { watchRegistrations } from '#dist/hosts/registrations.js'
import { explain } from '#dist/routes/explain.js'
import { FRAMEWORKS } from '../support/frameworks.mjs'
import { makeApp, randomApp, randomRequest, type RandomApp, type Seen } from '../support/random-app.mjs'

/*
 * What `explain` says beside what happens: the same handlers, in the same order, each with the same url, baseUrl and params.
 */

interface Request {
  method: string
  url: string
}

/** Serves the application while the requests are made. */
async function serve(
  app: any,
  each: (send: (request: Request) => Promise<number>) => Promise<void>,
): Promise<void> {
  const server = createServer(app)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const send = ({ method, url }: Request) =>
    new Promise<number>((resolve, reject) => {
      httpRequest({ port, host: '127.0.0.1', method, path: url }, (res) => {
        res.resume().on('end', () => resolve(res.statusCode ?? 0))
      })
        .on('error', reject)
        .end()
    })
  try {
    await each(send)
  } finally {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
}

/** What is met often enough to be sure of it; the rarer has tests of its own, in explain.test.mts. */
const COMMON =
  'middleware handler route router application path method no-error parameters undecodable not-found error'.split(
    ' ',
  )

for (const { name, framework } of FRAMEWORKS) {
  /** What was met, so that the property is not held by applications in which nothing happens. */
  const met = new Map<string, number>()
  const count = (what: string) => met.set(what, (met.get(what) ?? 0) + 1)

  async function check(drawn: RandomApp, requests: Request[]): Promise<void> {
    const ran: Seen[] = []
    const app = makeApp(framework, drawn, ran)
    await serve(app, async (send) => {
      for (const request of requests) {
        const { layers, end } = explain(app, request.method, request.url)
        assert.equal(ran.length, 0, 'no handler runs while it is explained')
        const said = layers
          .filter(
            ({ kind, verdict }) =>
              verdict !== 'skipped' && !['route', 'router', 'application'].includes(kind),
          )
          .map(({ handler, url, baseUrl, params }) => ({
            handler,
            url,
            baseUrl,
            params: JSON.stringify(params),
          }))
        const status = await send(request)
        assert.deepEqual(said, ran.splice(0))
        for (const { kind, verdict, reason } of layers) count(verdict === 'skipped' ? reason : kind)
        count(end.by)
        if (end.by !== 'handler') assert.equal(end.status, status)
      }
    })
  }

  test(`${name}: the layers that are said to run are those that run when each calls next`, async () => {
    // Express before 5.3 does not keep a regular expression with state, which has to be put back.
    watchRegistrations(framework())
    const property = fc.asyncProperty(
      randomApp,
      fc.array(randomRequest, { minLength: 1, maxLength: 8, size: 'max' }),
      check,
    )
    await fc.assert(property, { numRuns: Number(process.env['INSIGHT_RUNS'] ?? 200) })
    for (const what of COMMON) assert.ok(met.has(what), `nothing was met of ${what}`)
  })
}
