import { request } from 'node:http'
import { createProxyMiddleware } from 'http-proxy-middleware'
import helmet from 'helmet'
import type { RequestHandler } from 'nozomi'
import type { Framework } from './framework.mjs'

export interface Upstreams {
  /** `http://127.0.0.1:4000` */
  readonly users: string
  readonly orders: string
}

/** In front of other services: it checks who asks, and hands on. Bodies go through it unread. */
export function createGateway(express: Framework, { users, orders }: Upstreams = NOWHERE) {
  const app = express()
  app.set('trust proxy', ['loopback', '10.0.0.0/8'])
  app.disable('x-powered-by')
  app.get('/status', (_req, res) => res.json({ users, orders }))
  app.use(helmet({ contentSecurityPolicy: false }))
  app.use(requireToken)
  app.use('/users', createProxyMiddleware({ target: users, changeOrigin: true, xfwd: true }))
  app.all('/orders/{*path}', forwardTo(orders))
  app.use((_req, res) => {
    res.status(502).json({ error: 'no service has this path' })
  })
  return app
}

/** Nobody listens there. */
const NOWHERE: Upstreams = { users: 'http://127.0.0.1:9', orders: 'http://127.0.0.1:9' }

const requireToken: RequestHandler = (req, res, next) => {
  if (req.get('Authorization')?.startsWith('Bearer ')) return next()
  res.set('WWW-Authenticate', 'Bearer').sendStatus(401)
}

/** By hand, as it is done where a header or two has to be changed on the way. */
function forwardTo(target: string): RequestHandler {
  return (req, res, next) => {
    const { method, headers, originalUrl } = req
    const forwarded = request(new URL(originalUrl, target), {
      method,
      headers: { ...headers, 'x-gateway': '1' },
    })
    forwarded.on('response', (answer) => {
      res.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(res)
    })
    forwarded.on('error', () => {
      if (res.headersSent) res.destroy()
      else next(Object.assign(new Error('the service does not answer'), { status: 502 }))
    })
    req.pipe(forwarded)
  }
}
