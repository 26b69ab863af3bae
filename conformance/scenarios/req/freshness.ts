import { get, head, post } from '../../harness/exchange.js'
import { area } from '../../harness/scenario.js'

const scenario = area('req/freshness')

const date = 'Thu, 29 Feb 2024 12:00:00 GMT'
const later = 'Fri, 01 Mar 2024 12:00:00 GMT'
const earlier = 'Wed, 28 Feb 2024 12:00:00 GMT'

scenario(
  'fresh and stale by entity tag',
  ({ express }) => {
    const app = express()
    app.use((req, res) => {
      res.set('ETag', '"12345"')
      res.set('X-Fresh', `${req.fresh} ${req.stale}`)
      res.send('body')
    })
    return app
  },
  [
    get('/'),
    get('/', { 'If-None-Match': '"12345"' }),
    get('/', { 'If-None-Match': 'W/"12345"' }),
    get('/', { 'If-None-Match': '"x", "12345"' }),
    get('/', { 'If-None-Match': '"x"' }),
    get('/', { 'If-None-Match': '*' }),
    get('/', { 'If-None-Match': '12345' }),
    get('/', { 'If-None-Match': '"12345"', 'Cache-Control': 'no-cache' }),
    get('/', { 'If-None-Match': '"12345"', 'Cache-Control': 'max-age=0' }),
    get('/', { 'If-None-Match': '"12345"', Pragma: 'no-cache' }),
    head('/', { 'If-None-Match': '"12345"' }),
    post('/', 'text/plain', 'x', { 'If-None-Match': '"12345"' }),
  ],
)

scenario(
  'fresh and stale by date',
  ({ express }) => {
    const app = express()
    app.disable('etag')
    app.use((req, res) => {
      res.set('Last-Modified', date)
      res.set('X-Fresh', `${req.fresh} ${req.stale}`)
      res.send('body')
    })
    return app
  },
  [date, later, earlier, 'nonsense', ''].map((value) => get('/', { 'If-Modified-Since': value })),
)

scenario(
  'tag and date together',
  ({ express }) => {
    const app = express()
    app.use((req, res) => {
      res.set({ 'Last-Modified': date, ETag: '"a"' })
      res.set('X-Fresh', `${req.fresh} ${req.stale}`)
      res.send('body')
    })
    return app
  },
  [
    get('/', { 'If-None-Match': '"a"', 'If-Modified-Since': earlier }),
    get('/', { 'If-None-Match': '"b"', 'If-Modified-Since': later }),
    get('/', { 'If-None-Match': '"a"', 'If-Modified-Since': later }),
  ],
)

scenario(
  'only 2xx and 304 can be fresh',
  ({ express }) => {
    const app = express()
    app.get('/:status', (req, res) => {
      res.status(Number(req.params.status)).set('ETag', '"a"')
      res.set('X-Fresh', String(req.fresh))
      res.send('body')
    })
    return app
  },
  [200, 201, 206, 299, 301, 304, 404, 500].map((status) => get(`/${status}`, { 'If-None-Match': '"a"' })),
)

scenario(
  'the tag that send makes answers 304 to the same tag, whatever its strength',
  ({ express }) => {
    const app = express()
    app.get('/text', (_req, res) => void res.send('some text'))
    app.get('/json', (_req, res) => void res.json({ a: 1 }))
    app.get('/empty', (_req, res) => void res.send(''))
    return app
  },
  [
    get('/text', { 'If-None-Match': 'W/"9-N6pjx3OY2VRHMmLhoAV8HmMu2nc"' }),
    get('/json', { 'If-None-Match': 'W/"7-n4nHQM60bXQYySSnisV5QdXpZSA"' }),
    get('/json', { 'If-None-Match': '"7-n4nHQM60bXQYySSnisV5QdXpZSA"' }),
    get('/empty', { 'If-None-Match': 'W/"0-2jmj7l5rSw0yVb/vlWAYkK/YBwk"' }),
    head('/json', { 'If-None-Match': 'W/"7-n4nHQM60bXQYySSnisV5QdXpZSA"' }),
    get('/json', { 'If-None-Match': '*' }),
  ],
)
