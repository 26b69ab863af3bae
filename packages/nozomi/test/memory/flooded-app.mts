import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import nozomi, { type Application, type Request, type Response } from 'nozomi'

/** An application that reads of its requests all that a request can say. */
export function createFloodedApp(): Application {
  const app = nozomi()
  app.set('env', 'test')
  app.use((req, _res, next) => {
    // As method-override does it: node's own parser lets no unknown method through.
    req.method = req.get('X-Method') ?? req.method
    next()
  })
  const shared = nozomi.Router()
  for (let i = 0; i < 20; i++) shared.get(`/shared/${i}/:name`, (req, res) => void res.json(req.params))
  app.use('/shared', (req, res, next) => {
    // A router for one request, out of layers that stay.
    const router = nozomi.Router()
    router.stack.push(...shared.stack)
    for (let i = 0; i < 5; i++) router(Object.assign(req, { url: '/none' }), res, () => {})
    router(Object.assign(req, { url: '/shared/7/x' }), res, next)
  })
  app.use('/files', nozomi.static(folderWithFile()))
  app.use('/child', createChild())
  app.param('title', (_req, _res, next) => next())
  app.get('/book/:title', (req, res) => void res.json(req.params.title))
  app.get('/query', (req, res) => void res.json(req.query))
  app.get('/connection', answerConnection)
  app.get('/cookie', (req, res) => {
    const [name = '', value] = (req.get('Cookie') ?? '').split('=')
    res.cookie(name, value).redirect(`/${name}`)
  })
  app.get('/format', (req, res) => {
    const accepted = [req.accepts('html', 'json'), req.acceptsCharsets(), req.acceptsLanguages()]
    res.format({ html: () => void res.send(String(accepted)), json: () => void res.json(accepted) })
  })
  app.post('/body', nozomi.json(), nozomi.urlencoded({ extended: true }), (req, res) => {
    res.json([req.is('json', 'html'), req.body])
  })
  app.get('/throw/:message', (req) => {
    throw new Error(req.params.message)
  })
  return app
}

function createChild(): Application {
  const child = nozomi()
  child.set('query parser', 'extended')
  child.set('trust proxy', 'uniquelocal, loopback')
  const router = nozomi.Router({ mergeParams: true })
  router.param('book', (_req, _res, next) => next())
  router.get('/book/:book', (req, res) => void res.json([req.params, req.baseUrl, req.path]))
  child.use('/shelf/:shelf', router)
  child.get('/query', (req, res) => void res.json(req.query))
  child.get('/connection', answerConnection)
  return child
}

function answerConnection(req: Request, res: Response) {
  res.json([req.host, req.hostname, req.subdomains, req.ip, req.ips, req.protocol])
}

function folderWithFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'nozomi-flood-'))
  process.once('exit', () => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'file.txt'), 'a file')
  return folder
}
