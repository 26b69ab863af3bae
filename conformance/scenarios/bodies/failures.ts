import { converse, more, postJson, raw, sending } from '../../harness/exchange.js'
import { answerError } from '../../harness/handlers.js'
import { area } from '../../harness/scenario.js'
import type { Stage } from '../../harness/stage.js'
import { parsing } from './parsing.js'

const scenario = area('bodies/failures')

const begun = {
  method: 'POST',
  fields: { 'Content-Type': 'application/json', 'Content-Length': '50' },
} as const

/** Like `parsing`, but the scenario waits for the error: the client is gone before there is an answer. */
function waitingForError(stage: Stage) {
  const app = stage.express()
  const done = stage.pending()
  app.use(stage.express.json())
  app.use(((error, _req, res, _next) => {
    stage.note('error', error)
    res.end()
    done()
  }) as import('express').ErrorRequestHandler)
  return app
}

scenario('a client that breaks off instead of sending the body', waitingForError, [
  // The interim answer shows that the request has arrived: a reset before that would take it along.
  converse('the head, then a reset', [
    sending({ ...begun, fields: { ...begun.fields, Expect: '100-continue' } }),
    { kind: 'interim' },
    { kind: 'reset' },
  ]),
])

scenario('a client that closes its half in the middle of the body', waitingForError, [
  converse('half a body, then the end', [sending(begun), more('{"a":'), { kind: 'end' }]),
])

scenario('the next request on another connection is answered as ever', (stage) => parsing(stage), [
  converse('half a body, then the end', [sending(begun), more('{"a":'), { kind: 'end' }]),
  postJson('/', '{"a":1}'),
])

scenario('a chunked body with a bad chunk', waitingForError, [
  raw(
    'bad chunk size',
    'POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"a":\r\nzz\r\n',
    ['POST'],
  ),
])

scenario('a body that comes in pieces', (stage) => parsing(stage), [
  converse('three pieces', [
    sending({ method: 'POST', fields: { 'Content-Type': 'application/json', 'Content-Length': '7' } }),
    more('{"a'),
    more('":'),
    more('1}'),
    { kind: 'answer' },
  ]),
])

scenario(
  'a body that another reader has read, or is reading',
  ({ express, note }) => {
    const app = express()
    app.use('/read', (req, _res, next) => {
      req.resume().on('end', () => next())
    })
    app.use('/encoding', (req, _res, next) => {
      req.setEncoding('utf8')
      next()
    })
    app.use('/destroyed', (req, _res, next) => {
      req.destroy()
      next()
    })
    app.use(express.json())
    app.use((req, res) => {
      note('body', req.body)
      res.send('passed')
    })
    app.use(answerError)
    return app
  },
  [postJson('/read', '{"a":1}'), postJson('/encoding', '{"a":1}')],
)

scenario(
  'a body of another size than its Content-Length',
  ({ express, note }) => {
    const app = express()
    app.use((req, _res, next) => {
      req.unshift(Buffer.from('  '))
      next()
    })
    app.use(express.json())
    app.use((req, res) => {
      note('body', req.body)
      res.send('parsed')
    })
    app.use(answerError)
    return app
  },
  [postJson('/', '{"a":1}')],
)

scenario(
  'req.body that is there already is replaced only when there is something to parse',
  ({ express, note }) => {
    const app = express()
    app.use((req, _res, next) => {
      req.body = 'from before'
      next()
    })
    app.use(express.json())
    app.use((req, res) => {
      note('body', req.body)
      res.end()
    })
    return app
  },
  [
    postJson('/', '{"a":1}'),
    converse('no body', [sending({ method: 'GET' }), { kind: 'answer' }]),
    converse('another type', [
      sending({ method: 'POST', fields: { 'Content-Type': 'text/plain' }, body: 'x' }),
      { kind: 'answer' },
    ]),
  ],
)

scenario(
  'without a parser the body is undefined, and what is not read is thrown away',
  ({ express, note }) => {
    const app = express()
    app.use((req, res) => {
      note('body', [req.body, 'body' in req])
      res.send('unread')
    })
    return app
  },
  [postJson('/', '{"a":1}')],
)

scenario('Expect: 100-continue is answered before the body is asked for', (stage) => parsing(stage), [
  converse('continue', [
    sending({
      method: 'POST',
      fields: { Expect: '100-continue', 'Content-Type': 'application/json', 'Content-Length': '7' },
    }),
    { kind: 'interim' },
    more('{"a":1}'),
    { kind: 'answer' },
  ]),
])

scenario('an expectation that is not known is 417 by node', (stage) => parsing(stage), [
  converse('unknown expectation', [
    sending({ method: 'POST', fields: { Expect: 'a miracle', 'Content-Length': '0' } }),
    { kind: 'answer' },
  ]),
])

scenario(
  'errors of a parser on one path leave other paths alone',
  ({ express }) => {
    const app = express()
    app.use('/json', express.json())
    app.use((_req, res) => void res.send('fine'))
    app.use(answerError)
    return app
  },
  [postJson('/json', '{'), postJson('/else', '{')],
)
