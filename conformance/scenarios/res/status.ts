import { attempt } from '../../harness/describe.js'
import { get, head } from '../../harness/exchange.js'
import { area } from '../../harness/scenario.js'

const scenario = area('res/status')

scenario(
  'status of every class',
  ({ express }) => {
    const app = express()
    app.get('/:status', (req, res) => void res.status(Number(req.params.status)).send('body'))
    return app
  },
  [200, 201, 202, 206, 299, 300, 400, 404, 418, 451, 500, 511, 599, 600, 700, 900, 999].map((status) =>
    get(`/${status}`),
  ),
)

scenario(
  'status refuses what is none',
  ({ express, note }) => {
    const app = express()
    const values = [99, 1000, 0, -1, 200.5, '200', 'x', null, undefined, Number.NaN, [200], {}, true, 2e3, 1n]
    app.get('/', (_req, res) => {
      for (const value of values) {
        const label = typeof value === 'bigint' ? 'bigint' : String(value)
        note(
          label,
          attempt(() => res.status(value as never) === res),
        )
      }
      note(
        '100 and 999 are the limits',
        attempt(() => res.status(100).status(999).statusCode),
      )
      res.status(200).send('still well')
    })
    return app
  },
  [get('/')],
)

scenario(
  'sendStatus answers the phrase of the status as text',
  ({ express }) => {
    const app = express()
    app.get('/:status', (req, res) => void res.sendStatus(Number(req.params.status)))
    return app
  },
  [200, 201, 204, 205, 304, 404, 418, 500, 599, 999].flatMap((status) => [
    get(`/${status}`),
    head(`/${status}`),
  ]),
)

scenario(
  'sendStatus refuses what is none',
  ({ express, note }) => {
    const app = express()
    app.get('/', (_req, res) => {
      note(
        'undefined',
        attempt(() => res.sendStatus(undefined as never)),
      )
      note(
        'text',
        attempt(() => res.sendStatus('200' as never)),
      )
      note(
        '99',
        attempt(() => res.sendStatus(99)),
      )
      res.end()
    })
    return app
  },
  [get('/')],
)

scenario(
  'statusCode may be set directly',
  ({ express }) => {
    const app = express()
    app.get('/', (_req, res) => {
      res.statusCode = 203
      res.send('x')
    })
    app.get('/bad', (_req, res) => {
      res.statusCode = 42
      res.send('x')
    })
    app.get('/text', (_req, res) => {
      res.statusCode = '404' as never
      res.send('x')
    })
    return app
  },
  [get('/'), get('/bad'), get('/text')],
  { env: 'production' },
)

scenario(
  'interim answers: 100, 102 and 103 come before the answer',
  ({ express }) => {
    const app = express()
    app.get('/processing', (_req, res) => {
      res.writeProcessing()
      res.send('processed')
    })
    app.get('/hints', (_req, res) => {
      res.writeEarlyHints({ link: ['</a.css>; rel=preload', '</b.js>; rel=preload'], 'x-trace': 'id' })
      res.send('hinted')
    })
    app.get('/continue', (_req, res) => {
      res.writeContinue()
      res.send('continued')
    })
    return app
  },
  [get('/processing'), get('/hints'), get('/continue')],
)
