import type { ErrorRequestHandler, Response } from 'express'
import { attempt } from '../../harness/describe.js'
import { get } from '../../harness/exchange.js'
import { area } from '../../harness/scenario.js'

const scenario = area('res/twice')

/** After the answer has gone out, each way of answering again. */
const again: Record<string, (res: Response) => unknown> = {
  send: (res) => res.send('again'),
  json: (res) => res.json({ again: 1 }),
  jsonp: (res) => res.jsonp({ again: 1 }),
  sendStatus: (res) => res.sendStatus(500),
  redirect: (res) => res.redirect('/again'),
  set: (res) => res.set('X-Again', '1'),
  type: (res) => res.type('json'),
  cookie: (res) => res.cookie('a', 'b'),
  append: (res) => res.append('X-Again', '1'),
  vary: (res) => res.vary('Accept'),
  links: (res) => res.links({ next: '/' }),
  attachment: (res) => res.attachment('x'),
  removeHeader: (res) => res.removeHeader('ETag'),
  writeHead: (res) => res.writeHead(500),
  status: (res) => typeof res.status(500),
  end: (res) => typeof res.end('again'),
  write: (res) => res.write('again'),
}

for (const name of Object.keys(again)) {
  scenario(
    `${name} after the answer`,
    ({ express, note, pending }) => {
      const app = express()
      const done = pending()
      app.get('/', (_req, res) => {
        // A write after the end is reported as an event.
        res.on('error', (error) => note('error event', (error as NodeJS.ErrnoException).code))
        res.send('first')
        note(
          name,
          attempt(() => again[name]?.(res)),
        )
        setImmediate(done)
      })
      return app
    },
    [get('/')],
  )
}

scenario(
  'headersSent turns true with the first byte, not before',
  ({ express, note }) => {
    const app = express()
    app.get('/', (_req, res) => {
      note('before', res.headersSent)
      res.status(201).set('X-A', '1')
      note('after fields', res.headersSent)
      res.write('x')
      note('after write', res.headersSent)
      res.end()
      note('after end', [res.headersSent, res.writableEnded])
    })
    return app
  },
  [get('/')],
)

scenario(
  'a second answer that throws reaches the error handler, and the first stands',
  ({ express, note, pending }) => {
    const app = express()
    const done = pending()
    app.get('/', (_req, res) => {
      res.json({ first: true })
      res.json({ second: true })
    })
    app.use(((error, _req, res, next) => {
      note('error', [(error as NodeJS.ErrnoException).code, res.headersSent])
      next(error)
      setImmediate(done)
    }) as ErrorRequestHandler)
    return app
  },
  [get('/')],
)

scenario(
  'finish and close come after the answer, in this order',
  ({ express, note, pending }) => {
    const app = express()
    const done = pending()
    app.use((req, res, next) => {
      res.on('finish', () => note('finish', [res.statusCode, res.headersSent, res.writableFinished]))
      req.on('end', () => note('end of the request'))
      res.on('close', () => {
        note('close')
        done()
      })
      next()
    })
    app.get('/', (_req, res) => void res.send('x'))
    return app
  },
  [get('/')],
)
