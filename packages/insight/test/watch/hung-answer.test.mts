import assert from 'node:assert/strict'
import { EventEmitter, once } from 'node:events'
import test from 'node:test'
import { until, WATCHED, watched } from '../support/watched.mjs'

type WithSignal = { signal: AbortSignal }

const ANSWER = { hung: { afterMs: 40, answerAfterMs: 60 } }

for (const { name, framework } of WATCHED) {
  test(`${name}: a request that hangs is answered with 503, and its signal is aborted`, async (t) => {
    const reasons: unknown[] = []
    const app = await watched(
      t,
      framework,
      (app) => {
        app.get('/hang', (req, res) => {
          res.set({ 'Content-Type': 'application/json', ETag: '"a"', 'X-Kept': 'yes', 'Content-Length': '7' })
          const { signal } = req as unknown as WithSignal
          signal.addEventListener('abort', () => reasons.push(signal.reason))
        })
      },
      ANSWER,
    )
    const answer = await app.get('/hang')
    assert.deepEqual([answer.status, answer.body], [503, 'Service Unavailable\n'])
    assert.equal(answer.fields['content-type'], 'text/plain; charset=utf-8')
    assert.equal(answer.fields['content-length'], '20')
    assert.equal(answer.fields['cache-control'], 'no-store')
    assert.equal(answer.fields['x-kept'], 'yes')
    assert.equal(answer.fields.etag, undefined)
    assert.equal((reasons[0] as Error).name, 'TimeoutError')
    assert.equal(app.reported[0]?.kind, 'hung')
    assert.equal((await app.over('/hang')).status, 503)
  })

  test(`${name}: a signal that is read after the abort is aborted`, async (t) => {
    const seen: boolean[] = []
    const app = await watched(
      t,
      framework,
      (app) => {
        app.get('/hang', (req, res) => {
          res.on('finish', () => seen.push((req as unknown as WithSignal).signal.aborted))
        })
      },
      ANSWER,
    )
    await app.get('/hang')
    await until(() => seen.length > 0)
    assert.deepEqual(seen, [true])
  })

  test(`${name}: the signal is aborted when the client goes away, and not by an answer`, async (t) => {
    const signals: AbortSignal[] = []
    const app = await watched(
      t,
      framework,
      (app) => {
        app.get('/answered', (req, res) => {
          signals.push((req as unknown as WithSignal).signal)
          res.json(1)
        })
        app.get('/left', (req) => {
          signals.push((req as unknown as WithSignal).signal)
          req.socket.destroy()
        })
      },
      { hung: { answerAfterMs: 60_000 } },
    )
    await app.get('/answered')
    await app.get('/left').catch(() => {})
    await until(() => signals[1]?.aborted)
    assert.equal(signals[0]?.aborted, false)
  })

  test(`${name}: a handler that answers too late is told nothing, and the client gets one answer`, async (t) => {
    const late = new EventEmitter()
    const outcome: unknown[] = []
    const app = await watched(
      t,
      framework,
      (app) => {
        app.get('/late', async (_req, res) => {
          await once(late, 'go')
          try {
            res.status(200).set('X-Late', 'yes').cookie('a', 'b').json('late')
            res.write('more')
            res.end()
            outcome.push('no error')
          } catch (error) {
            outcome.push(error)
          }
        })
        app.get('/after', (_req, res) => void res.json('after'))
      },
      ANSWER,
    )
    assert.equal((await app.get('/late')).status, 503)
    late.emit('go')
    await until(() => outcome.length > 0)
    assert.deepEqual(outcome, ['no error'])
    assert.equal((await app.get('/after')).body, '"after"')
    assert.deepEqual(
      app.reported.map(({ kind }) => kind),
      ['hung'],
    )
  })

  test(`${name}: an answer that has begun is left as it is`, async (t) => {
    const app = await watched(
      t,
      framework,
      (app) => {
        app.get('/begun', (req, res) => {
          res.write('the beginning')
          const { signal } = req as unknown as WithSignal
          signal.addEventListener('abort', () => res.end(', and the end'))
        })
      },
      ANSWER,
    )
    const answer = await app.get('/begun')
    assert.deepEqual([answer.status, answer.body], [200, 'the beginning, and the end'])
  })

  test(`${name}: long polling is not answered in the place of its handler`, async (t) => {
    const app = await watched(
      t,
      framework,
      (app) => {
        app.get('/poll', (_req, res) => void setTimeout(() => res.json('polled'), 300))
      },
      ANSWER,
    )
    assert.deepEqual((await app.get('/poll')).body, '"polled"')
    assert.deepEqual(app.reported, [])
  })
}
