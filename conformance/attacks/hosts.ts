import { fieldOf } from '../harness/answer.js'
import { get } from '../harness/exchange.js'
import { join } from 'node:path'
import { fixtures } from '../harness/fixtures.js'
import { type Attack, outcome } from './attack.js'

export const hostname: Attack = {
  id: 'hostname',
  title: 'a password reset link is made for the attacker’s host',
  difference: 'hostname-validated',
  build(express) {
    const app = express()
    app.enable('trust proxy')
    app.get('/', (req, res) => void res.send(`https://${req.hostname}/reset?token=secret`))
    return app
  },
  strikes: [
    ['Host', 'evil.example:fake@good.example'],
    ['Host', 'evil.example:80:90'],
    ['X-Forwarded-Host', 'evil.example:fake@good.example'],
  ].map(([name = '', value = '']) => ({
    title: `${name}: ${value}`,
    async run(victim) {
      const body = (await victim.ask(get('/', [[name, value]]))).body.toString()
      return outcome(!body.startsWith('https://evil.example/'), body)
    },
  })),
}

/** Where a browser would go: it reads a backslash as a slash. */
function hostOf(location: string): string {
  return new URL(location, 'http://good.example/').host
}

export const redirects: Attack = {
  id: 'redirects',
  title: 'a redirect that looks like a path leads to another host',
  difference: 'location-backslash',
  build(express) {
    const app = express()
    app.get('/login', (req, res) => {
      const to = String(req.query['to'])
      res.redirect(to.startsWith('/') && !to.startsWith('//') ? to : '/')
    })
    app.use(express.static(join(fixtures, 'public')))
    return app
  },
  strikes: ['/login?to=/%5Cevil.example', '/login?to=/%5C/evil.example', '/\\evil.example/%2e%2e/docs'].map(
    (target) => ({
      title: `GET ${target}`,
      async run(victim) {
        const location = fieldOf(await victim.ask(get(target)), 'Location')
        return outcome(location === undefined || hostOf(location) === 'good.example', `Location: ${location}`)
      },
    }),
  ),
}
