import { get, send } from '../../harness/exchange.js'
import { area } from '../../harness/scenario.js'

const scenario = area('req/host')

scenario(
  'host keeps the port, hostname does not',
  ({ express }) => {
    const app = express()
    app.use((req, res) => void res.json({ host: req.host, hostname: req.hostname }))
    return app
  },
  [
    'example.com',
    'example.com:3000',
    'EXAMPLE.com',
    '127.0.0.1:80',
    '[::1]',
    '[::1]:3000',
    'localhost',
    'xn--bcher-kva.example',
  ].map((host) => get('/', [['Host', host]])),
)

scenario(
  'HTTP/1.0 may go without Host',
  ({ express, note }) => {
    const app = express()
    app.use((req, res) => {
      note('host', [req.host, req.hostname, req.subdomains])
      res.end()
    })
    return app
  },
  [send({ version: 'HTTP/1.0' }), send({ version: 'HTTP/1.0', fields: { Host: 'a.example.com' } })],
)

scenario(
  'an empty Host gives undefined',
  ({ express, note }) => {
    const app = express()
    app.use((req, res) => {
      note('host', [req.host, req.hostname, req.subdomains])
      res.end()
    })
    return app
  },
  [get('/', [['Host', '']])],
)

scenario(
  'subdomains: by the offset, none of an address',
  ({ express }) => {
    const app = express()
    for (const offset of [2, 3, 0, 1]) {
      const child = express()
      child.set('subdomain offset', offset)
      child.use((req, res) => void res.json(req.subdomains))
      app.use(`/${offset}`, child)
    }
    return app
  },
  ['tobi.ferrets.example.com', 'example.com', 'com', '127.0.0.1', '[::1]', 'a.b.c.d.e:80'].flatMap((host) =>
    [2, 3, 0, 1].map((offset) => get(`/${offset}`, [['Host', host]])),
  ),
)

scenario(
  'subdomains of a trusted forwarded host',
  ({ express }) => {
    const app = express()
    app.enable('trust proxy')
    app.use((req, res) => void res.json([req.hostname, req.subdomains]))
    return app
  },
  [get('/', { 'X-Forwarded-Host': 'tobi.ferrets.example.com:8443' }), get('/')],
)

scenario(
  'protocol and secure without a proxy ignore the forwarded fields',
  ({ express }) => {
    const app = express()
    app.use((req, res) => void res.json([req.protocol, req.secure, req.host]))
    return app
  },
  [get('/', { 'X-Forwarded-Proto': 'https', 'X-Forwarded-Host': 'evil.example' })],
)
