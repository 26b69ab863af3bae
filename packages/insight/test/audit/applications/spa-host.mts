import { join } from 'node:path'
import compression from 'compression'
import history from 'connect-history-api-fallback'
import helmet from 'helmet'
import { FILES } from './files.mjs'
import type { Framework } from './framework.mjs'

/** A page that routes in the browser, its API beside it: what is no file and no API is the page. */
export function createSpaHost(express: Framework) {
  const root = join(FILES, 'spa')
  const app = express()
  app.disable('x-powered-by')
  app.get(['/health', '/ready'], (_req, res) => res.sendStatus(200))
  app.use(compression())
  app.use(helmet({ contentSecurityPolicy: false }))
  app.use('/api', createApi(express))
  const files = express.static(root, { index: 'index.html', maxAge: '1h' })
  app.use(files)
  app.use('/legacy', history({ index: '/index.html' }), files)
  app.get('/{*path}', (req, res, next) => {
    if (!req.accepts('html')) return next()
    res.sendFile('index.html', { root })
  })
  app.use((_req, res) => {
    res.status(404).type('txt').send('not found')
  })
  return app
}

function createApi(express: Framework) {
  const api = express.Router()
  api.get('/settings', (_req, res) => {
    res.json({ theme: 'dark' })
  })
  api.use((_req, res) => {
    res.status(404).json({ error: 'not found' })
  })
  return api
}
