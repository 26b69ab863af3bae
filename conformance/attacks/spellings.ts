import { join } from 'node:path'
import { get } from '../harness/exchange.js'
import { fixtures } from '../harness/fixtures.js'
import { type Attack, outcome, type Strike } from './attack.js'

function mustNotShow(target: string, secret: string): Strike {
  return {
    title: `GET ${target}`,
    async run(victim) {
      const { status, body } = await victim.ask(get(target))
      return outcome(!body.includes(secret), `${status}: ${body.toString().slice(0, 100)}`)
    },
  }
}

/** The router matches the path as it was sent; the file server decodes and normalizes it. */
export const guardedFolder: Attack = {
  id: 'guarded-folder',
  title: 'a file in a guarded folder is read by spelling the path differently',
  difference: 'static-canonical-path',
  build(express) {
    const app = express()
    app.use('/admin', (_req, res) => void res.status(401).send('guarded'))
    app.use(express.static(join(fixtures, 'public')))
    return app
  },
  strikes: [
    '//admin/secret.txt',
    '/admin%2fsecret.txt',
    '/%61dmin/secret.txt',
    '/./admin/secret.txt',
    '/y/../admin/secret.txt',
    '/%2e/admin/secret.txt',
    '/docs/%2e%2e/admin/secret.txt',
  ].map((target) => mustNotShow(target, 'for administrators')),
}

/** A page of that name is rendered: the name comes from the client. */
export const viewsFolder: Attack = {
  id: 'views-folder',
  title: 'a file outside of the views folder is rendered',
  difference: 'view-confined',
  build(express) {
    const app = express()
    app.set('views', join(fixtures, 'views')).set('view engine', 'tpl')
    app.engine('tpl', (path, _options, done) => done(null, `rendered ${path}`))
    app.get('/pages/:name', (req, res) => res.render(req.params.name))
    return app
  },
  strikes: ['/pages/..%2fsecret', '/pages/..%2fsecret.tpl', '/pages/pages%2f..%2f..%2fsecret'].map((target) =>
    mustNotShow(target, join(fixtures, 'secret.tpl')),
  ),
}

/** ejs and others take their options from `settings` among the values: code can be injected through them. */
export const viewOptions: Attack = {
  id: 'view-options',
  title: 'a query replaces the settings of the view engine',
  difference: 'render-options-guarded',
  build(express) {
    const app = express()
    app.set('query parser', 'extended').set('views', join(fixtures, 'views')).set('view engine', 'tpl')
    app.engine('tpl', (_path, options, done) => {
      const { settings } = options as { settings: Record<string, unknown> }
      done(null, `engine runs with ${JSON.stringify(settings['view options'] ?? {})}`)
    })
    app.set('view options', { secrets: 'kept' })
    app.get('/', (req, res) => res.render('user', req.query))
    app.get('/app', (req, res, next) =>
      app.render('user', req.query, (error, text) => (error ? next(error) : res.send(text))),
    )
    app.get('/locals', (req, res) => {
      Object.assign(res.locals, req.query)
      res.render('user')
    })
    app.get('/lost', (req, res) => {
      res.render('user', req.query, (_error, text) => {
        res.send(text.includes('kept') ? 'the options are there' : 'the options are gone')
      })
    })
    return app
  },
  strikes: [
    mustNotShow('/?settings[view%20options][escape]=attackers-code', 'attackers-code'),
    mustNotShow('/app?_locals[settings][view%20options][escape]=attackers-code', 'attackers-code'),
    mustNotShow('/locals?settings[view%20options][escape]=attackers-code', 'attackers-code'),
    mustNotShow('/lost?settings=1', 'the options are gone'),
  ],
}
