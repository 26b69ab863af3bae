import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import nozomi from 'nozomi'
import { listen } from '../support/serve.mjs'

describe('the strings "route" and "router"', () => {
  for (const signal of ['route', 'router'] as const) {
    for (const [how, handler] of [
      [
        'thrown',
        () => {
          throw signal
        },
      ],
      ['rejected with', () => Promise.reject(signal)],
    ] as const) {
      it(`are an error when they are ${how} ("${signal}"), and skip no guard`, async (t) => {
        const app = nozomi()
        const seen: unknown[] = []
        app.get('/', handler, (_req, res) => void res.send('guarded'))
        app.get('/', (_req, res) => void res.send('the guard was skipped'))
        app.use(
          (
            error: { code: string; cause: string },
            _req: unknown,
            res: import('nozomi').Response,
            _next: unknown,
          ) => {
            seen.push(error.code, error.cause)
            res.status(500).send('handled')
          },
        )
        const client = await listen(t, app)
        assert.equal((await client.get('/')).body, 'handled')
        assert.deepEqual(seen, ['NOZOMI_THROWN_SIGNAL', signal])
      })
    }
  }

  it('steer routing when they are given to next()', async (t) => {
    const app = nozomi()
    app.get(
      '/',
      (_req, _res, next) => next('route'),
      (_req, res) => void res.send('first'),
    )
    app.get('/', (_req, res) => void res.send('second'))
    const client = await listen(t, app)
    assert.equal((await client.get('/')).body, 'second')
  })

  it('steer routing when thrown, as in Express, with "thrown routing signals" enabled', async (t) => {
    const app = nozomi()
    app.enable('thrown routing signals')
    app.get('/', () => {
      throw 'route'
    })
    app.get('/', (_req, res) => void res.send('second'))
    const client = await listen(t, app)
    assert.equal((await client.get('/')).body, 'second')
  })
})
