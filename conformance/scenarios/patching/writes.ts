import { join } from 'node:path'
import type { Response } from 'express'
import { get, head } from '../../harness/exchange.js'
import { fixtures } from '../../harness/fixtures.js'
import { area } from '../../harness/scenario.js'
import type { Stage } from '../../harness/stage.js'

const scenario = area('patching/writes')

type Method = (...args: unknown[]) => unknown

/** Replaces a method of one response, as compression, on-headers, morgan and every cache middleware do. */
function wrap(
  res: Response,
  name: string,
  wrapper: (this: Response, original: Method, args: unknown[]) => unknown,
) {
  const original = Reflect.get(res, name) as Method
  Reflect.set(res, name, function patched(this: Response, ...args: unknown[]) {
    return wrapper.call(this, original.bind(res), args)
  })
}

/** The ways of answering; each of them must pass the patched method. */
function addAnswers(app: ReturnType<Stage['express']>, express: Stage['express']) {
  app.get('/send', (_req, res) => void res.send('sent'))
  app.get('/json', (_req, res) => void res.json({ a: 1 }))
  app.get('/end', (_req, res) => void res.end('ended'))
  app.get('/write', (_req, res) => {
    res.write('one ')
    res.end('two')
  })
  app.get('/redirect', (_req, res) => res.redirect('/x'))
  app.get('/status', (_req, res) => void res.sendStatus(204))
  app.get('/head', (_req, res) => void res.writeHead(201, { 'X-Head': '1' }).end('x'))
  app.use('/files', express.static(join(fixtures, 'public')))
  return app
}

const targets = [
  '/send',
  '/json',
  '/end',
  '/write',
  '/redirect',
  '/status',
  '/head',
  '/files/hello.txt',
  '/missing',
]
const answers = [...targets.map((target) => get(target)), head('/send'), head('/files/hello.txt')]

scenario(
  'writeHead wrapped, as on-headers does: a field set at the last moment',
  ({ express, note }) => {
    const app = express()
    app.use((_req, res, next) => {
      wrap(res, 'writeHead', function writeHead(original, args) {
        note('writeHead', args)
        this.setHeader('X-Late', 'just before the head')
        return original(...args)
      })
      next()
    })
    return addAnswers(app, express)
  },
  answers,
)

scenario(
  'write and end wrapped see the whole body, as cache and logging middleware need it',
  ({ express, note }) => {
    const app = express()
    app.use((req, res, next) => {
      const seen: Buffer[] = []
      const see = (chunk: unknown) => {
        if (typeof chunk === 'string' || chunk instanceof Uint8Array) seen.push(Buffer.from(chunk as string))
      }
      wrap(res, 'write', (original, args) => {
        see(args[0])
        return original(...args)
      })
      wrap(res, 'end', (original, args) => {
        see(args[0])
        note(req.originalUrl, [res.statusCode, Buffer.concat(seen).toString(), res.writableEnded])
        return original(...args)
      })
      next()
    })
    return addAnswers(app, express)
  },
  answers,
)

scenario(
  'end put off, as a session store that saves first does',
  ({ express }) => {
    const app = express()
    app.use((_req, res, next) => {
      wrap(res, 'end', function end(original, args) {
        setImmediate(() => original(...args))
        return this
      })
      next()
    })
    return addAnswers(app, express)
  },
  answers,
)

scenario(
  'write and end wrapped, as compression does: the body is transformed, the length removed',
  ({ express }) => {
    const app = express()
    app.use((_req, res, next) => {
      const shout = (chunk: unknown) => {
        if (!res.headersSent) res.removeHeader('Content-Length')
        return `${String(chunk).toUpperCase()}!`
      }
      wrap(res, 'write', (original, [chunk]) => original(shout(chunk)))
      wrap(res, 'end', (original, [chunk]) => {
        return chunk === undefined || chunk === '' ? original() : original(shout(chunk))
      })
      next()
    })
    return addAnswers(app, express)
  },
  answers,
)

scenario(
  'setHeader wrapped sees every field',
  ({ express, note }) => {
    const app = express()
    app.use((_req, res, next) => {
      wrap(res, 'setHeader', (original, args) => {
        note('setHeader', args)
        return original(...args)
      })
      next()
    })
    return addAnswers(app, express)
  },
  answers,
)

scenario(
  'setHeader wrapped may change names and values',
  ({ express }) => {
    const app = express()
    app.use((_req, res, next) => {
      wrap(res, 'setHeader', (original, [name, value]) =>
        original(String(name) === 'ETag' ? 'X-Was-ETag' : name, String(value)),
      )
      next()
    })
    return addAnswers(app, express)
  },
  answers,
)

scenario(
  'getHeader wrapped is what res.get and the helpers read',
  ({ express }) => {
    const app = express()
    app.use((_req, res, next) => {
      wrap(res, 'getHeader', (original, [name]) =>
        String(name).toLowerCase() === 'content-type' ? 'text/x-claimed' : original(name),
      )
      next()
    })
    app.get('/get', (_req, res) => void res.end(String(res.get('Content-Type'))))
    app.get('/send', (_req, res) => void res.send('sent'))
    app.get('/json', (_req, res) => void res.json({ a: 1 }))
    return app
  },
  [get('/get'), get('/send'), get('/json')],
)

scenario(
  'json and send wrapped on one response, as cache middleware does',
  ({ express, note }) => {
    const app = express()
    app.use((_req, res, next) => {
      wrap(res, 'json', (original, [body]) => {
        note('json', body)
        return original({ cached: body })
      })
      wrap(res, 'send', (original, [body]) => {
        note('send', body)
        return original(body)
      })
      next()
    })
    return addAnswers(app, express)
  },
  [get('/json'), get('/send'), get('/status')],
)

scenario(
  'an answer that is swallowed by a wrapper and given later',
  ({ express }) => {
    const app = express()
    app.use((_req, res, next) => {
      wrap(res, 'send', function send(original, args) {
        setImmediate(() => original(...args))
        return this
      })
      next()
    })
    app.get('/send', (_req, res) => void res.send('later'))
    app.get('/json', (_req, res) => void res.json({ later: true }))
    return app
  },
  [get('/send'), get('/json')],
)

scenario(
  'statusCode and statusMessage defined as accessors on one response',
  ({ express, note }) => {
    const app = express()
    app.use((_req, res, next) => {
      let status = 200
      Object.defineProperty(res, 'statusCode', {
        configurable: true,
        get: () => status,
        set(value: number) {
          note('statusCode', value)
          status = value
        },
      })
      next()
    })
    app.get('/', (_req, res) => void res.status(202).send('x'))
    return app
  },
  [get('/'), get('/missing')],
)

scenario(
  'the listeners of a response: pipe, unpipe, finish, and a sink that is piped into it',
  ({ express, note, pending }) => {
    const app = express()
    const done = pending()
    app.get('/', async (_req, res) => {
      const { Readable } = await import('node:stream')
      res.on('pipe', () => note('pipe'))
      res.on('unpipe', () => note('unpipe'))
      res.on('finish', () => {
        note('finish')
        done()
      })
      Readable.from(['a', 'b', 'c']).pipe(res)
    })
    return app
  },
  [get('/')],
)
