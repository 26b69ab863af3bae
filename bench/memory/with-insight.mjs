/**
 * Puts @nozomi/insight to a contestant when it listens: `node --import ./with-insight.mjs`, with the options of `insight()` as
 * JSON in the environment variable BENCH_INSIGHT.
 */
import { subscribe } from 'node:diagnostics_channel'
import { insight } from '../../packages/insight/index.mjs'

const options = JSON.parse(process.env.BENCH_INSIGHT)
const running = []

/** Measured all the same; a busy machine stops a process for less. */
const BLOCKED_MS = 10_000

subscribe('nozomi.listen', ({ app }) => {
  const middleware = insight(app, { inspector: false, audit: false, blockedMs: BLOCKED_MS, ...options })
  app.use(middleware)
  // As if it had been called before the application was filled.
  const { stack } = app.router
  stack.unshift(stack.pop())
  running.push(middleware)
})

process.on('exit', () => {
  if (running.length !== 1) throw new Error('there was not one application')
  const [{ watch }] = running
  const records = watch?.records().length ?? 0
  if ((options.enabled === true) !== records > 0) throw new Error(`${records} requests were recorded`)
  const incidents = watch?.incidents() ?? []
  if (incidents.length > 0) throw new Error(incidents[0].message)
})
