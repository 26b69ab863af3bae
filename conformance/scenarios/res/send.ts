import type { Response } from 'express'
import { attempt } from '../../harness/describe.js'
import { get, head, send } from '../../harness/exchange.js'
import { area } from '../../harness/scenario.js'

const scenario = area('res/send')

const bodies: Record<string, unknown> = {
  text: 'hello',
  unicode: 'grüße 😀',
  empty: '',
  html: '<p>hey</p>',
  null: null,
  undefined: undefined,
  number: 200,
  true: true,
  false: false,
  object: { name: 'tobi' },
  array: ['tobi', 1],
  buffer: Buffer.from('bytes\u0000ÿ'),
  'buffer-empty': Buffer.alloc(0),
  uint8: new Uint8Array([104, 105]),
  slice: Buffer.from('0123456789').subarray(3, 6),
  arraybuffer: new ArrayBuffer(2),
  date: new Date(0),
  boxed: new String('boxed'),
}

scenario(
  'send of every kind of body',
  ({ express }) => {
    const app = express()
    app.get('/nothing', (_req, res) => void (res.send as () => unknown)())
    app.get('/:name', (req, res) => void res.send(bodies[req.params.name]))
    return app
  },
  ['nothing', ...Object.keys(bodies)].map((name) => get(`/${name}`)),
)

scenario(
  'views of more than bytes',
  ({ express }) => {
    const app = express()
    app.get('/uint16', (_req, res) => void res.send(new Uint16Array([26984, 26984])))
    app.get(
      '/dataview',
      (_req, res) => void res.send(new DataView(Uint8Array.from(Buffer.from('view')).buffer)),
    )
    return app
  },
  [get('/uint16'), get('/dataview')],
  {
    differs: {
      id: 'send-views-whole',
      express: {
        sheets: [
          { status: 200, body: 'hh' },
          { status: 200, body: '' },
        ],
      },
      subject: {
        sheets: [
          { status: 200, body: 'hihi' },
          { status: 200, body: 'view' },
        ],
      },
    },
  },
)

scenario(
  'send of HEAD has the fields of GET and no body',
  ({ express }) => {
    const app = express()
    app.get('/:name', (req, res) => void res.send(bodies[req.params.name]))
    return app
  },
  ['text', 'empty', 'undefined', 'object', 'buffer', 'null'].map((name) => head(`/${name}`)),
)

scenario(
  'a type that was set is kept, text gets utf-8',
  ({ express }) => {
    const app = express()
    const types = [
      'text/plain',
      'text/html; charset=iso-8859-1',
      'application/x-foo',
      'image/png',
      'text/plain; a="b;c"',
    ]
    types.forEach((type, index) => {
      app.get(`/text/${index}`, (_req, res) => void res.set('Content-Type', type).send('häy'))
      app.get(`/bytes/${index}`, (_req, res) => void res.set('Content-Type', type).send(Buffer.from('häy')))
      app.get(`/object/${index}`, (_req, res) => void res.set('Content-Type', type).send({ a: 1 }))
      app.get(`/raw/${index}`, (_req, res) => {
        res.setHeader('Content-Type', type)
        res.send('raw')
      })
    })
    return app
  },
  ['text', 'bytes', 'object', 'raw'].flatMap((kind) =>
    [0, 1, 2, 3, 4].map((index) => get(`/${kind}/${index}`)),
  ),
)

scenario(
  'statuses without a body strip body, type and length',
  ({ express }) => {
    const app = express()
    app.get('/:status', (req, res) => {
      res
        .status(Number(req.params.status))
        .set('Transfer-Encoding', 'chunked')
        .set('X-Kept', '1')
        .send('a body')
    })
    app.get('/json/:status', (req, res) => void res.status(Number(req.params.status)).json({ a: 1 }))
    app.get(
      '/bytes/:status',
      (req, res) => void res.status(Number(req.params.status)).send(Buffer.from('abc')),
    )
    return app
  },
  [204, 205, 304].flatMap((status) => [get(`/${status}`), get(`/json/${status}`), get(`/bytes/${status}`)]),
)

scenario(
  'the entity tag: made for every method and status, kept when set, none for nothing',
  ({ express }) => {
    const app = express()
    app.all('/made', (_req, res) => void res.send('tagged'))
    app.all('/kept', (_req, res) => void res.set('ETag', 'W/"mine"').send('tagged'))
    app.all('/long', (_req, res) => void res.send('x'.repeat(1500)))
    app.all('/bytes', (_req, res) => void res.send(Buffer.from('tagged')))
    app.all('/missing', (_req, res) => void res.status(404).send('not here'))
    app.all('/nothing', (_req, res) => void res.send())
    return app
  },
  ['/made', '/kept', '/long', '/bytes', '/missing', '/nothing'].flatMap((target) => [
    get(target),
    send({ method: 'POST', target }),
  ]),
)

scenario(
  'with Transfer-Encoding set there is no Content-Length',
  ({ express }) => {
    const app = express()
    app.get('/', (_req, res) => void res.set('Transfer-Encoding', 'chunked').send('chunked text'))
    app.get(
      '/bytes',
      (_req, res) => void res.set('Transfer-Encoding', 'chunked').send(Buffer.from('chunked')),
    )
    return app
  },
  [get('/'), get('/bytes')],
)

scenario(
  'Content-Length that was set is corrected by send',
  ({ express }) => {
    const app = express()
    app.get('/', (_req, res) => void res.set('Content-Length', '99').send('short'))
    return app
  },
  [get('/')],
)

scenario(
  'send gives the response and marks it as sent',
  ({ express, note }) => {
    const app = express()
    app.get('/:how', (req, res) => {
      const before = [res.headersSent, res.writableEnded]
      const how = req.params.how as 'send' | 'json' | 'jsonp'
      const given = res[how]({ a: 1 })
      note(how, [given === res, before, res.headersSent, res.writableEnded, res.statusMessage])
    })
    return app
  },
  [get('/send'), get('/json'), get('/jsonp')],
)

scenario(
  'what send refuses',
  ({ express, note }) => {
    const app = express()
    const tries: Record<string, (res: Response) => unknown> = {
      bigint: (res) => res.send(1n),
      function: (res) => res.send((() => 1) as never),
      symbol: (res) => res.send(Symbol('x') as never),
    }
    app.get('/:name', (req, res) => {
      const outcome = attempt(() => tries[req.params.name]?.(res))
      note(req.params.name, (outcome as object).constructor.name)
      if (!res.headersSent) res.end('refused')
    })
    return app
  },
  [get('/bigint'), get('/function'), get('/symbol')],
)

scenario(
  'write and end, streams and trailers, without send',
  ({ express }) => {
    const app = express()
    app.get('/write', (_req, res) => {
      res.write('one ')
      res.write(Buffer.from('two '))
      res.end('three')
    })
    app.get('/end', (_req, res) => void res.end('only end'))
    app.get('/empty', (_req, res) => void res.end())
    app.get('/head', (_req, res) => {
      res.writeHead(202, 'All Right', { 'X-Head': 'yes' })
      res.end('body')
    })
    app.get('/raw-head', (_req, res) => {
      res.set('X-Set', '1')
      res.writeHead(200, ['X-Raw', 'a', 'X-Raw', 'b'])
      res.end('body')
    })
    app.get('/length', (_req, res) => void res.set('Content-Length', '4').end('four'))
    app.get('/latin1', (_req, res) => void res.end('é', 'latin1'))
    app.get('/trailers', (_req, res) => {
      res.set('Trailer', 'X-Sum')
      res.write('body')
      res.addTrailers({ 'X-Sum': '42' })
      res.end()
    })
    app.get('/flush', (_req, res) => {
      res.flushHeaders()
      res.end('flushed')
    })
    app.get('/message', (_req, res) => {
      res.statusMessage = 'Quite Fine'
      res.send('x')
    })
    return app
  },
  [
    ...['write', 'end', 'empty', 'head', 'raw-head', 'length', 'latin1', 'flush', 'message'].flatMap(
      (name) => [get(`/${name}`), head(`/${name}`)],
    ),
    // Not with HEAD: node refuses the trailers then, outside of every handler.
    get('/trailers'),
  ],
)

scenario(
  'send() spells Content-Type so, however the handler wrote its name',
  ({ express }) => {
    const app = express()
    app.get('/charset', (_req, res) => void res.set('content-type', 'text/plain; charset=utf-8').send('x'))
    app.get('/none', (_req, res) => void res.set('content-type', 'text/plain').send('x'))
    app.get('/raw', (_req, res) => {
      res.setHeader('CONTENT-TYPE', 'text/plain; charset=utf-8')
      res.send('x')
    })
    app.get('/bytes', (_req, res) => void res.set('content-type', 'image/png').send(Buffer.from('x')))
    app.get('/json', (_req, res) => void res.set('content-type', 'text/plain; charset=utf-8').json({}))
    return app
  },
  ['charset', 'none', 'raw', 'bytes', 'json'].map((name) => get(`/${name}`)),
)
