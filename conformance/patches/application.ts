import type { EventEmitter } from 'node:events'
import { METHODS } from 'node:http'
import { join } from 'node:path'
import { Readable, Writable } from 'node:stream'
import type { Application, NextFunction, Request, Response, Router } from 'express'
import { fixtures } from '../harness/fixtures.js'
import type { ExpressFactory } from '../harness/subject.js'

/** The application that is patched while it serves, and the parts of it that have a prototype of their own. */
export interface Patched {
  app: Application
  /** Two that are mounted on it; the second has settings of its own. */
  child: Application
  bare: Application
  /** Serves nothing: routes are added to it while the others serve. */
  changing: Application
  routers: Router[]
  /** Called with the messages of each request, before anything else sees them; null when nobody is to. */
  onEntry: ((req: Request, res: Response) => void) | null
}

type Answer = (req: Request, res: Response, next: NextFunction) => unknown

const publicFolder = join(fixtures, 'public')
const long = 'long text '.repeat(300)

/** Ways of answering, by the path that asks for them. */
const answers: Record<string, Answer> = {
  json: (_req, res) => res.json({ hello: 'world' }),
  'json-typed': (_req, res) => res.type('application/vnd.api+json').json([1]),
  'json-status': (_req, res) => res.status(201).json({ made: true }),
  'send-string': (_req, res) => res.send('text'),
  'send-long': (_req, res) => res.send(long),
  'send-typed': (_req, res) => res.type('txt').send('text'),
  'send-charset': (_req, res) => res.set('Content-Type', 'text/plain; charset=utf-8').send('text'),
  'send-buffer': (_req, res) => res.send(Buffer.from('bytes')),
  'send-bytes': (_req, res) => res.send(new Uint8Array([1, 2, 3])),
  'send-object': (_req, res) => res.send({ a: 1 }),
  'send-number': (_req, res) => res.send(7 as never),
  'send-null': (_req, res) => res.send(null),
  'send-nothing': (_req, res) => res.send(),
  'send-tagged': (_req, res) => res.set('ETag', '"own"').send('text'),
  'send-204': (_req, res) => res.status(204).send('text'),
  'send-205': (_req, res) => res.status(205).send('text'),
  'send-304': (_req, res) => res.status(304).send('text'),
  'send-status': (_req, res) => res.sendStatus(418),
  jsonp: (_req, res) => res.jsonp({ a: 1 }),
  render: (_req, res) => res.render('user', { user: 'tobi' }),
  'render-callback': (_req, res) => res.render('user', {}, (_error, text) => res.send(text)),
  'render-missing': (_req, res) => res.render('missing'),
  'send-file': (_req, res) => res.sendFile(join(publicFolder, 'hello.txt')),
  'send-file-rooted': (_req, res) => res.sendFile('digits.txt', { root: publicFolder, maxAge: 1000 }),
  'send-file-large': (_req, res) => res.sendFile('large.txt', { root: publicFolder }),
  'send-file-headers': (_req, res) =>
    res.sendFile('hello.txt', { root: publicFolder, headers: { 'X-File': '1' } }),
  'send-file-missing': (_req, res) => res.sendFile('missing.txt', { root: publicFolder }),
  'send-file-folder': (_req, res) => res.sendFile('docs', { root: publicFolder }),
  download: (_req, res) => res.download(join(publicFolder, 'hello.txt'), 'other.txt'),
  set: (_req, res) => res.set('X-One', '1').set({ 'X-Two': '2', 'Content-Type': 'text/plain' }).end('x'),
  header: (_req, res) => res.header('X-One', '1').end(),
  get: (_req, res) => res.set('X-One', '1').end(res.get('X-One')),
  append: (_req, res) => res.append('X-One', '1').append('X-One', ['2', '3']).end(),
  vary: (_req, res) => res.vary('Accept').vary('Origin').end(),
  type: (_req, res) => res.type('json').contentType('text/html').end(),
  status: (_req, res) => res.status(202).end(),
  attachment: (_req, res) => res.attachment('a.txt').end(),
  location: (_req, res) => res.location('/x').end(),
  links: (_req, res) => res.links({ next: '/2' }).links({ last: '/9' }).end(),
  redirect: (_req, res) => res.redirect('/x?a=b'),
  'redirect-status': (_req, res) => res.redirect(301, '/x'),
  cookie: (_req, res) => res.cookie('a', 'b').cookie('c', { d: 1 }, { maxAge: 1000 }).end(),
  'cookie-signed': (_req, res) => res.cookie('a', 'b', { signed: true }).end(),
  'clear-cookie': (_req, res) => res.clearCookie('a').end(),
  format: (_req, res) => res.format({ html: () => res.send('<p>'), json: () => res.json({}) }),
  'format-default': (_req, res) =>
    res.format({ 'image/png': () => res.end(), default: () => res.send('default') }),
  locals: (_req, res) => res.json(Object.keys(res.locals)),

  end: (_req, res) => res.end(),
  'end-text': (_req, res) => res.end('text'),
  'end-bytes': (_req, res) => res.end(Buffer.from('bytes')),
  'end-length': (_req, res) => res.setHeader('Content-Length', '4').end('text'),
  'end-callback': (_req, res) => res.end('text', () => {}),
  'end-later': (_req, res) => setImmediate(() => res.end('text')),
  write: (_req, res) => (res.write('one '), res.write(Buffer.from('two ')), res.end('three')),
  'write-length': (_req, res) => (res.setHeader('Content-Length', 6), res.write('one'), res.end('two')),
  'write-head': (_req, res) => res.writeHead(201, { 'X-Head': '1' }).end('text'),
  // The old name, which newer nodes don't have.
  'write-header': (_req, res) => {
    Reflect.apply(Reflect.get(res, 'writeHeader') ?? res.writeHead, res, [200])
    res.end('text')
  },
  'write-head-reason': (_req, res) => res.writeHead(200, 'Fine', ['X-Head', '1']).end('text'),
  'flush-headers': (_req, res) => (res.flushHeaders(), res.end('text')),
  'early-hints': (_req, res) => res.writeEarlyHints({ link: '</a.css>; rel=preload' }, () => res.end('text')),
  processing: (_req, res) => (res.writeProcessing(), res.end('text')),
  trailers: (_req, res) => (res.write('text'), res.addTrailers({ 'X-Sum': '1' }), res.end()),
  corked: (_req, res) => (res.cork(), res.write('one '), res.end('two'), res.uncork()),
  fields: (_req, res) => {
    res.setHeader('X-One', '1')
    res.appendHeader('X-One', '2')
    res.setHeaders(new Map([['x-two', '2']]))
    res.removeHeader('X-Two')
    const names = [
      ...res.getHeaderNames(),
      ...rawNamesOf(res),
      ...Object.keys(res.getHeaders()),
      res.hasHeader('X-One'),
    ]
    res.end(JSON.stringify([names, res.getHeader('X-One'), res.headersSent, res.writableEnded]))
  },
  timeout: (req, res) => (req.setTimeout(1000), res.setTimeout(1000), res.end()),
  events: (_req, res) => {
    const ignored = () => {}
    res.on('close', ignored).addListener('close', ignored).once('finish', ignored)
    res.prependListener('finish', ignored).prependOnceListener('finish', ignored)
    res
      .off('close', ignored)
      .removeListener('close', ignored)
      .removeAllListeners('x-none')
      .setMaxListeners(20)
    res.emit('x-event', 1)
    const listeners = [...res.listeners('finish'), ...res.rawListeners('finish'), ...res.eventNames()]
    res.end(String(listeners.length > 0 && res.listenerCount('finish') > 0 && res.getMaxListeners() > 0))
  },
  destroy: (_req, res) => res.destroy(),
  pipe: (_req, res) => Readable.from(['one ', 'two ', 'three'], { objectMode: false }).pipe(res),

  throw: () => {
    throw new Error('thrown')
  },
  'reject-status': () =>
    Promise.reject(Object.assign(new Error('gone'), { status: 410, headers: { 'X-Gone': 'yes' } })),
  'next-error': (_req, _res, next) => next(new Error('passed on')),
  'next-route': (_req, _res, next) => next('route'),
  'next-router': (_req, _res, next) => next('router'),
  'error-handled': (_req, _res, next) => next(Object.assign(new Error('handled'), { handled: true })),
}

/** What handlers read of a request. */
const reads: Record<string, (req: Request) => unknown> = {
  query: (req) => req.query,
  path: (req) => req.path,
  host: (req) => req.host,
  hostname: (req) => req.hostname,
  subdomains: (req) => req.subdomains,
  ip: (req) => typeof req.ip,
  ips: (req) => req.ips,
  protocol: (req) => req.protocol,
  secure: (req) => req.secure,
  xhr: (req) => req.xhr,
  fresh: (req) => req.fresh,
  stale: (req) => req.stale,
  get: (req) => [req.get('Host'), req.header('Referrer')],
  is: (req) => [req.is('json'), req.is(['text/*', 'html'])],
  accepts: (req) => [req.accepts('json', 'html'), req.accepts()],
  'accepts-more': (req) => [req.acceptsCharsets('utf-8'), req.acceptsEncodings(), req.acceptsLanguages('en')],
  range: (req) => req.range(100),
  headers: (req) => [Object.keys(req.headers).length, Object.keys(req.headersDistinct).length],
  settings: (req) => [req.app.get('env'), req.app.enabled('etag'), req.app.disabled('etag'), req.app.path()],
}

function rawNamesOf(res: Response): string[] {
  return (res as unknown as { getRawHeaderNames(): string[] }).getRawHeaderNames()
}

/** Ways of reading a body without a parser. */
const bodies: Record<string, Answer> = {
  events(req, res) {
    let length = 0
    req.on('data', (chunk: Buffer) => (length += chunk.length))
    req.on('end', () => res.end(String(length)))
  },
  async iterated(req, res) {
    let length = 0
    for await (const chunk of req) length += (chunk as Buffer).length
    res.end(String(length))
  },
  piped(req, res) {
    let length = 0
    const sink = new Writable({
      write: (chunk: Buffer, _encoding, done) => ((length += chunk.length), done()),
    })
    req.pipe(sink).on('finish', () => res.end(String(length)))
  },
  echo: (req, res) => req.pipe(res),
  resumed: (req, res) => req.once('end', () => res.end('end')).resume(),
  async collected(req, res) {
    const chunks = await req.toArray()
    res.end(String(chunks.length))
  },
  returned(req, res) {
    req.once('readable', () => {
      req.unshift(req.read() as Buffer)
      req.on('data', (chunk: Buffer) => res.write(String(chunk.length)))
      req.on('end', () => res.end())
    })
  },
  listened(req, res) {
    const ignored = () => {}
    req.on('close', ignored).addListener('close', ignored).prependListener('close', ignored)
    req.once('close', ignored).prependOnceListener('close', ignored).setMaxListeners(20)
    req.off('close', ignored).removeListener('close', ignored).removeAllListeners('x-none')
    req.emit('x-event', 1)
    const listeners = [...req.listeners('close'), ...req.rawListeners('close'), ...req.eventNames()]
    res.end(String(listeners.length > 0 && req.listenerCount('close') > 0 && req.getMaxListeners() > 0))
  },
  unread: (_req, res) => res.json({ read: false }),
  paused(req, res) {
    req.pause().isPaused()
    req.setEncoding('utf8')
    req.on('readable', () => {
      while (req.read() !== null);
    })
    req.on('end', () => res.end(String(req.complete)))
  },
}

/** Builds the application that both factories are patched with. */
export function buildApplication(express: ExpressFactory): Patched {
  const app = express()
  const router = express.Router({ mergeParams: true })
  const inner = express.Router()
  const child = express()
  const childRouter = express.Router()
  const bare = express()
    .disable('etag')
    .disable('x-powered-by')
    .set('json spaces', 2)
    .set('query parser', false)
  const changing = express()
  const changingRouter = express.Router()
  const routers = [router, inner, childRouter, changingRouter]
  const patched: Patched = { app, child, bare, changing, routers, onEntry: null }

  app.set('env', 'test')
  app.set('trust proxy', true)
  app.set('views', join(fixtures, 'views'))
  app.set('view engine', 'tpl')
  app.engine('tpl', (_path: string, options: object, done: (error: null, text: string) => void) =>
    done(null, `rendered for ${(options as { user?: string }).user}`),
  )
  app.use((req, res, next) => {
    ;(req as { secret?: string }).secret = 'secret'
    patched.onEntry?.(req, res)
    next()
  })
  app.use('/static', express.static(publicFolder))
  app.use(
    '/strict',
    express.static(publicFolder, { fallthrough: false, setHeaders: (res) => res.set('X-Static', '1') }),
  )

  const parsers = {
    json: express.json({ limit: 1000 }),
    urlencoded: express.urlencoded({ extended: false }),
    extended: express.urlencoded({ extended: true }),
    text: express.text(),
    raw: express.raw({ type: '*/*' }),
  }
  for (const [name, parser] of Object.entries(parsers)) {
    app.post(`/parsed/${name}`, parser, (req, res) => void res.send(JSON.stringify(req.body ?? null)))
  }
  for (const [name, answer] of Object.entries(bodies)) app.post(`/body/${name}`, answer)
  for (const [name, read] of Object.entries(reads)) {
    app.get(`/read/${name}`, (req, res) => void res.end(JSON.stringify(read(req))))
  }
  addAnswers(app)

  router.param('id', (_req, _res, next) => next())
  router.get(
    '/item/:id',
    (_req, _res, next) => next(),
    (req, res) => void res.json(req.params),
  )
  router
    .route('/chain')
    .all((_req, _res, next) => next())
    .get((_req, res) => void res.send('chain'))
  inner.use('/deep', (req, res) => void res.send(req.baseUrl))
  router.use('/inner', inner)
  app.use('/router/:outer', router)
  app.all('/all', (_req, res) => void res.send('all'))
  app.get(/^\/pattern-(\d+)$/, (req, res) => void res.json(req.params))

  addAnswers(child, ['json', 'send-string', 'send-buffer', 'render', 'redirect', 'next-error', 'send-file'])
  childRouter.get('/json', (req, res) => void res.json([req.baseUrl, req.hostname]))
  child.use('/router', childRouter)
  app.use('/child', child)

  addAnswers(bare, ['json', 'send-string', 'send-long', 'send-buffer', 'jsonp'])
  app.use('/bare', bare)

  app.get('/change', (_req, res) => {
    change(changing)
    changing.router.stack.length = 0
    res.end()
  })
  app.get('/change-router', (_req, res) => {
    change(changingRouter)
    changingRouter.stack.length = 0
    res.end()
  })
  app.get('/create', (_req, res) => void res.end(String(express().enabled('etag'))))

  app.use('/early', (_req, res) => void res.end('early'))
  app.use((error: { handled?: boolean }, _req: Request, res: Response, next: NextFunction) => {
    if (error.handled) res.status(500).json({ handled: true })
    else next(error)
  })
  return patched
}

/** Calls all that adds something to an application or a router. */
function change(target: Application | Router): void {
  const ignored = () => {}
  target.use(ignored).use('/x', ignored).param('id', ignored)
  const route = target.route('/x')
  for (const method of [...METHODS.map((name) => name.toLowerCase()), 'all']) {
    Reflect.apply(Reflect.get(target, method), target, ['/x', ignored])
    Reflect.apply(Reflect.get(route, method), route, [ignored])
  }
  if (!('engine' in target)) {
    ;(target as unknown as { listRoutes(): void }).listRoutes()
    return
  }
  target.engine('tpl', ignored).enable('x').disable('x').set('x', 1)
  const emitter: EventEmitter = target
  emitter.on('x', ignored).addListener('x', ignored).once('x', ignored).prependListener('x', ignored)
  emitter.prependOnceListener('x', ignored).setMaxListeners(20).emit('x')
  emitter.off('x', ignored).removeListener('x', ignored).removeAllListeners('x')
  const listeners = [...emitter.listeners('x'), ...emitter.rawListeners('x'), ...emitter.eventNames()]
  if (listeners.length > emitter.listenerCount('x') + emitter.getMaxListeners()) throw new Error('leaking')
}

function addAnswers(app: Application, names: readonly string[] = Object.keys(answers)): void {
  for (const name of names) app.get(`/${name}`, answers[name] as never)
}

export const answerPaths = Object.keys(answers).map((name) => `/${name}`)
export const readPaths = Object.keys(reads).map((name) => `/read/${name}`)
export const bodyPaths = Object.keys(bodies).map((name) => `/body/${name}`)
