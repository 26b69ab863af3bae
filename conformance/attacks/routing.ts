import type { NextFunction, Request, Response } from 'express'
import { get } from '../harness/exchange.js'
import { type Attack, outcome, type Strike } from './attack.js'

/** A guard that refuses with the reason it was given, as some do with codes of an identity provider. */
function refuse(req: Request): never {
  throw String(req.query['error'] ?? 'denied')
}

function mustNotAnswer(target: string, secret: string): Strike {
  return {
    title: `GET ${target}`,
    async run(victim) {
      const { status, body } = await victim.ask(get(target))
      return outcome(status > 0 && !body.includes(secret), `${status}: ${body.toString().slice(0, 100)}`)
    },
  }
}

export const thrownSignals: Attack = {
  id: 'thrown-signals',
  title: "a guard that throws the string 'route' or 'router' is passed",
  difference: 'thrown-signal',
  build(express) {
    const app = express()
    const api = express.Router()
    api.use('/sync', (req: Request, _res: Response, _next: NextFunction) => refuse(req))
    api.use('/async', async (req: Request) => refuse(req))
    api.get('/:how', (_req, res) => void res.send('the secret'))
    app.use('/api', api)
    const admin = express.Router()
    admin.use((req: Request) => refuse(req))
    app.use('/admin', admin)
    app.get('/admin', (_req, res) => void res.send('the secret'))
    return app
  },
  strikes: ['/api/sync?error=route', '/api/async?error=route', '/admin?error=router'].map((target) =>
    mustNotAnswer(target, 'the secret'),
  ),
}

export const shadowedMethods: Attack = {
  id: 'shadowed-methods',
  title: 'a parameter shadows a method that the handler calls',
  difference: 'query-own-methods',
  build(express) {
    const app = express()
    app.set('query parser', 'extended')
    app.use(express.urlencoded({ extended: true }))
    app.get('/', (req, res) => {
      const { query } = req
      // Written so in countless handlers.
      // eslint-disable-next-line no-prototype-builtins
      res.send(query.hasOwnProperty('page') ? `page ${String(query['page'])}` : 'first page')
    })
    return app
  },
  strikes: [
    {
      title: '?hasOwnProperty=x',
      async run(victim) {
        const { status } = await victim.ask(get('/?hasOwnProperty=x&page=2'))
        return outcome(status === 200, `answered ${status}`)
      },
    },
  ],
}
