import type { Request } from 'express'
import { get } from '../../harness/exchange.js'
import { area } from '../../harness/scenario.js'
import type { Stage } from '../../harness/stage.js'

const scenario = area('req/proxy')

const chain = { 'X-Forwarded-For': '203.0.113.7, 10.0.0.1, 127.0.0.2' }

function answerWho(req: Request) {
  return [req.ip, req.ips, req.protocol, req.secure, req.host, req.hostname]
}

function appTrusting({ express }: Stage, trust: unknown) {
  const app = express()
  app.set('trust proxy', trust)
  app.use((req, res) => void res.json(answerWho(req)))
  return app
}

const forms: [string, unknown][] = [
  ['false trusts nobody', false],
  ['true trusts everybody: the leftmost address counts', true],
  ['0 trusts no hop', 0],
  ['1 trusts one hop', 1],
  ['2 trusts two hops', 2],
  ['9 trusts more hops than there are', 9],
  ['an address', '127.0.0.1'],
  ['several addresses in one string', '127.0.0.1, 127.0.0.2'],
  ['an array of addresses and subnets', ['127.0.0.0/8', '10.0.0.1']],
  ['a subnet with a netmask', '127.0.0.0/255.0.0.0'],
  ['loopback by its name', 'loopback'],
  ['linklocal and uniquelocal do not hold loopback', 'linklocal, uniquelocal'],
  ['loopback and uniquelocal', ['loopback', 'uniquelocal']],
  ['an IPv6 subnet', '::1/128'],
  ['a function', (address: string, hop: number) => hop < 2 && address.startsWith('127.')],
  ['null', null],
]

for (const [title, trust] of forms) {
  scenario(`trust proxy: ${title}`, (stage) => appTrusting(stage, trust), [
    get('/'),
    get('/', { ...chain, 'X-Forwarded-Proto': 'https', 'X-Forwarded-Host': 'proxied.example:8080' }),
  ])
}

scenario(
  'X-Forwarded-For in strange forms',
  (stage) => appTrusting(stage, true),
  ['', ',', ' , 1.2.3.4', '1.2.3.4,', 'unknown', '[::1]:80', '1.2.3.4:5678', 'a, b, c', '::ffff:1.2.3.4'].map(
    (value) => get('/', { 'X-Forwarded-For': value }),
  ),
)

scenario(
  'an address that is none stops a list of trusted addresses',
  (stage) => appTrusting(stage, ['loopback', '10.0.0.0/8']),
  [
    get('/', { 'X-Forwarded-For': '1.2.3.4, evil, 10.0.0.1' }),
    get('/', { 'X-Forwarded-For': '10.0.0.2, 10.0.0.1' }),
    get('/', { 'X-Forwarded-For': '::ffff:10.0.0.2' }),
  ],
)

scenario(
  'X-Forwarded-Proto: the first of a list, spaces, case, nonsense',
  (stage) => appTrusting(stage, true),
  ['https', 'http', 'https, http', ' https ,http', 'HTTPS', 'wss', '', ',https', 'javascript'].map((value) =>
    get('/', { 'X-Forwarded-Proto': value }),
  ),
)

scenario(
  'X-Forwarded-Host: the first of a list, with a port, IPv6, empty',
  (stage) => appTrusting(stage, true),
  ['one.example', 'one.example, two.example', 'one.example:8080', '[::1]:3000', ''].map((value) =>
    get('/', { 'X-Forwarded-Host': value }),
  ),
)

scenario(
  'a trust function is asked with address and hop, until it says no',
  ({ express, note }) => {
    const app = express()
    app.set('trust proxy', (address: string, hop: number) => {
      note('asked', [address, hop])
      return hop < 1
    })
    app.get('/ip', (req, res) => void res.json(req.ip))
    app.get('/ips', (req, res) => void res.json(req.ips))
    app.get('/protocol', (req, res) => void res.json(req.protocol))
    app.get('/host', (req, res) => void res.json(req.host))
    return app
  },
  ['/ip', '/ips', '/protocol', '/host'].map((target) => get(target, { ...chain, 'X-Forwarded-Host': 'x' })),
)

scenario(
  'the parts of the chain are read anew when the field changes',
  ({ express }) => {
    const app = express()
    app.enable('trust proxy')
    app.use((req, res) => {
      const before = req.ip
      req.headers['x-forwarded-for'] = '5.6.7.8'
      res.json([before, req.ip])
    })
    return app
  },
  [get('/', { 'X-Forwarded-For': '1.2.3.4' })],
)
