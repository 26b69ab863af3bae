import cookieParser from 'cookie-parser'
import { attempt } from '../../harness/describe.js'
import { get } from '../../harness/exchange.js'
import { area } from '../../harness/scenario.js'

const scenario = area('req/cookies')

const signed = 's%3Atobi.Lv8UeUxegkUA4JM4pAvgN4D4HRTQH17n%2B4Pgy3tE1IQ'

scenario(
  'cookie-parser fills cookies and signedCookies',
  ({ express, note }) => {
    const app = express()
    app.use(cookieParser('some-secret'))
    app.use((req, res) => {
      note('cookies', req.cookies)
      note('signedCookies', req.signedCookies)
      note('secret', Reflect.get(req, 'secret'))
      res.end()
    })
    return app
  },
  [
    get('/'),
    get('/', { Cookie: 'a=1; b=two%20words; a=again' }),
    get('/', { Cookie: 'json=j%3A%7B%22a%22%3A1%7D; bad=j%3A%7B' }),
    get('/', { Cookie: `user=${signed}` }),
    get('/', { Cookie: 'user=s%3Atobi.forged' }),
    get('/', { Cookie: '__proto__=x; constructor=y' }),
  ],
)

scenario(
  'a signed cookie makes the round trip',
  ({ express, note }) => {
    const app = express()
    app.use(cookieParser('some-secret'))
    app.get('/set', (_req, res) => {
      res.cookie('user', 'tobi', { signed: true })
      res.cookie('data', { a: [1] }, { signed: true })
      res.send('set')
    })
    app.get('/read', (req, res) => {
      note('read', req.signedCookies)
      res.end()
    })
    return app
  },
  [
    get('/set'),
    get('/read', {
      Cookie: `user=${signed}; data=s%3Aj%3A%7B%22a%22%3A%5B1%5D%7D.83eh8yPu9FReWUGtFURwLOE8oPKd2MDc59qPApkNO3w`,
    }),
  ],
)

scenario(
  'without a secret nothing is signed',
  ({ express, note }) => {
    const app = express()
    app.use(cookieParser())
    app.use((req, res) => {
      note(
        'signed',
        attempt(() => typeof res.cookie('a', 'b', { signed: true })),
      )
      note('secret', Reflect.get(req, 'secret'))
      note('signedCookies', req.signedCookies)
      res.end()
    })
    return app
  },
  [get('/', { Cookie: `user=${signed}` })],
)
