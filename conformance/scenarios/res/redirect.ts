import { get, head } from '../../harness/exchange.js'
import { area } from '../../harness/scenario.js'

const scenario = area('res/redirect')

scenario(
  'to a url, with and without a status, in the type that is accepted',
  ({ express }) => {
    const app = express()
    app.get('/plain', (_req, res) => res.redirect('http://google.com'))
    app.get('/301', (_req, res) => res.redirect(301, '/login?a=<b>&c'))
    app.get('/relative', (_req, res) => res.redirect('../x'))
    app.get('/unicode', (_req, res) => res.redirect('/\u2603'))
    return app
  },
  ['/plain', '/301', '/relative', '/unicode'].flatMap((target) => [
    get(target),
    get(target, { Accept: 'text/html' }),
    get(target, { Accept: 'text/plain, */*' }),
    get(target, { Accept: 'application/json' }),
    head(target, { Accept: 'text/html' }),
  ]),
)

scenario(
  'statuses: any number, none that is outside of the range',
  ({ express }) => {
    const app = express()
    app.get('/:status', (req, res) => res.redirect(Number(req.params.status), '/to'))
    return app
  },
  ['300', '303', '307', '308', '200', '404', '299', '99', '1000', 'x'].map((status) => get(`/${status}`)),
  { env: 'production' },
)

scenario(
  'without an address, or with one that is no string',
  ({ express }) => {
    const app = express()
    app.get('/undefined', (_req, res) => res.redirect(undefined as never))
    app.get('/empty', (_req, res) => res.redirect(''))
    app.get('/number', (_req, res) => res.redirect(302, 42 as never))
    app.get('/url', (_req, res) => res.redirect(new URL('http://example.com/ä') as never))
    app.get('/status-text', (_req, res) => res.redirect('302' as never, '/x'))
    return app
  },
  ['/undefined', '/empty', '/number', '/url', '/status-text'].map((target) => get(target)),
  { env: 'production' },
)

scenario(
  'fields that were set before stay, type and length are those of the redirect',
  ({ express }) => {
    const app = express()
    app.get('/', (_req, res) => {
      res.set('X-Kept', '1').type('json').vary('Origin').set('Content-Length', '99').cookie('a', 'b')
      res.redirect('/to')
    })
    return app
  },
  [get('/', { Accept: 'text/html' })],
)

scenario(
  'html in the address is escaped in the body',
  ({ express }) => {
    const app = express()
    app.get('/', (req, res) => res.redirect(String(req.query['to'])))
    return app
  },
  [
    get('/?to=%3Cla%27me%3E', { Accept: 'text/html' }),
    get('/?to=javascript:eval(%22x%22)', { Accept: 'text/html' }),
    get('/?to=http://a/%0d%0aX-Evil:%201', { Accept: 'text/plain' }),
  ],
)
