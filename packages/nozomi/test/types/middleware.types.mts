// Body parsers and static files: their options and what they give. Compiled only.

import http from 'node:http'
import { expectTypeOf } from 'expect-type'
import nozomi, {
  type BodyParser,
  json,
  type Options,
  type OptionsJson,
  type OptionsText,
  type OptionsUrlencoded,
  type RequestHandler,
  raw,
  type Response,
  type ServeStaticOptions,
  type StaticHandler,
  text,
  urlencoded,
} from 'nozomi'

const app = nozomi()

// The parsers are middleware for applications and for plain node.
expectTypeOf(nozomi.json).toEqualTypeOf(json)
expectTypeOf(json()).toEqualTypeOf<BodyParser>()
expectTypeOf<BodyParser>().toExtend<RequestHandler>()
app.use(json(), urlencoded({ extended: true }), raw({ type: 'image/*' }), text())
app.post('/:id', nozomi.json({ limit: '1mb' }), (req, res) => {
  expectTypeOf(req.params).toEqualTypeOf<{ id: string }>()
  expectTypeOf(req.body).toBeAny()
  res.end()
})
http.createServer((req, res) => json()(req, res, () => res.end()))

// Their options.
json({
  inflate: false,
  limit: 1024,
  strict: false,
  protoKeys: 'drop',
  type: ['json', '+json'],
  reviver: (key, value) => (key === 'at' ? new Date(value) : value),
  verify(req, res, body, encoding) {
    expectTypeOf(req).toEqualTypeOf<http.IncomingMessage>()
    expectTypeOf(res).toEqualTypeOf<http.ServerResponse>()
    expectTypeOf(body).toEqualTypeOf<Buffer>()
    expectTypeOf(encoding).toBeString()
  },
})
json({ type: (req) => req.headers['content-type'] === 'application/csp-report' })
urlencoded({
  extended: true,
  depth: 5,
  parameterLimit: 100,
  charsetSentinel: true,
  defaultCharset: 'iso-8859-1',
})
text({ defaultCharset: 'latin1' })
expectTypeOf<OptionsJson>().toExtend<Options>()
expectTypeOf<OptionsText>().toExtend<Options>()
expectTypeOf<OptionsUrlencoded>().toExtend<Options>()
// @ts-expect-error there is no such treatment
json({ protoKeys: 'ignore' })
// @ts-expect-error a limit is a number or a string
json({ limit: true })
// @ts-expect-error only forms have that
json({ extended: true })
// @ts-expect-error only text and forms have that
raw({ defaultCharset: 'utf-8' })

// Static files.
expectTypeOf(nozomi.static('public')).toEqualTypeOf<StaticHandler<Response>>()
app.use(nozomi.static('public'))
app.use(
  '/assets',
  nozomi.static('public', {
    canonical: false,
    dotfiles: 'deny',
    extensions: ['html'],
    fallthrough: false,
    index: ['index.html', 'index.htm'],
    maxAge: '1d',
    setHeaders(res, path, stat) {
      expectTypeOf(res).toEqualTypeOf<Response>()
      expectTypeOf(path).toBeString()
      res.set('X-Size', String(stat.size))
    },
  } satisfies ServeStaticOptions<Response>),
)
// @ts-expect-error a folder is needed
nozomi.static()
// @ts-expect-error an age is a number or a string
nozomi.static('public', { maxAge: new Date() })
