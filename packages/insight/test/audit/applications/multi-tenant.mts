import helmet from 'helmet'
import type { NextFunction, Request, Response } from 'nozomi'
import type { Framework } from './framework.mjs'

const TENANTS = new Map([
  ['north', { name: 'North', plan: 'free' }],
  ['south', { name: 'South', plan: 'paid' }],
])

/** One process for many customers: mounted applications, parameters in mounts, routes that pass on by plan. */
export function createMultiTenant(express: Framework) {
  const app = express()
  app.use(helmet())
  app.use('/admin', createAdmin(express))
  app.use('/t/:tenant', loadTenant, createTenantRouter(express))
  app.get('/:page', (req, res, next) => {
    if (req.params.page !== 'about') return next()
    res.send('about')
  })
  app.get('/imprint', (_req, res) => res.send('imprint'))
  app.use(function notFound(_req, res) {
    res.sendStatus(404)
  })
  app.use(function onError(_error: unknown, _req: Request, res: Response, _next: NextFunction) {
    res.sendStatus(500)
  })
  return app
}

function loadTenant(req: Request, res: Response, next: NextFunction): void {
  const tenant = TENANTS.get(String(req.params['tenant']))
  if (tenant === undefined) {
    res.status(404).json({ error: 'no such tenant' })
    return
  }
  res.locals['tenant'] = tenant
  next()
}

function createTenantRouter(express: Framework) {
  const router = express.Router({ mergeParams: true })
  const requirePaid = (_req: Request, res: Response, next: NextFunction): void => {
    next(res.locals['tenant'].plan === 'paid' ? undefined : 'route')
  }
  router.get('/reports', requirePaid, (_req, res) => res.json({ reports: 3 }))
  router.get('/reports', (_req, res) => res.status(402).json({ error: 'not in this plan' }))
  router.get('/users/new', (_req, res) => res.send('a form'))
  router.get<{ tenant: string; id: string }>('/users/:id', (req, res) => {
    const { tenant, id } = req.params
    res.json({ tenant, id })
  })
  router.all('/users/:id/lock', (_req, _res, next) => next())
  router.post('/users/:id/lock', (_req, res) => res.sendStatus(204))
  return router
}

/** An application of its own, with settings and errors of its own. */
function createAdmin(express: Framework) {
  const admin = express()
  admin.disable('x-powered-by')
  admin.set('case sensitive routing', true)
  admin.use(express.json())
  admin.get('/Tenants', (_req, res) => res.json([...TENANTS.keys()]))
  admin.get('/tenants', (_req, res) => res.redirect('/admin/Tenants'))
  admin.post('/tenants', (req, res) => {
    if (!req.body?.name) throw new TypeError('name is missing')
    res.sendStatus(201)
  })
  admin.use(function adminError(error: Error, _req: Request, res: Response, _next: NextFunction) {
    res.status(400).json({ error: error.message })
  })
  return admin
}
