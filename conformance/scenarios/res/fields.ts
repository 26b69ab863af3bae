import type { Response } from 'express'
import { attempt } from '../../harness/describe.js'
import { get } from '../../harness/exchange.js'
import { area } from '../../harness/scenario.js'

const scenario = area('res/fields')

/** One path for each case; the answer shows the fields that the case has set. */
function tryCases(title: string, cases: Record<string, (res: Response) => unknown>): void {
  scenario(
    title,
    ({ express, note }) => {
      const app = express()
      app.get('/:name', (req, res) => {
        const result = attempt(() => cases[req.params.name]?.(res))
        const isChained = (result as { returned?: unknown }).returned === res
        note(req.params.name, isChained ? 'the response' : result)
        res.end()
      })
      return app
    },
    Object.keys(cases).map((name) => get(`/${name}`)),
  )
}

tryCases('set: a value, a list, an object, types of values', {
  value: (res) => res.set('X-Foo', 'bar'),
  header: (res) => res.header('X-Foo', 'bar'),
  number: (res) => res.set('X-Number', 42 as never),
  boolean: (res) => res.set('X-Boolean', true as never),
  object: (res) => res.set({ 'X-One': '1', 'X-Two': 2 as never, 'x-three': ['a', 'b'] as never }),
  list: (res) => res.set('X-List', ['a', 'b', 3] as never),
  'list-of-one': (res) => res.set('X-List', ['a']),
  again: (res) => res.set('X-Case', 'one').set('x-case', 'two'),
  utf8: (res) => res.set('X-Text', 'caf\u00e9'),
  undefined: (res) => res.set('X-Undefined', undefined as never),
  null: (res) => res.set('X-Null', null as never),
  'one-argument': (res) => (res.set as (name: string) => unknown)('X-Foo'),
  empty: (res) => res.set('X-Empty', ''),
  map: (res) => res.set(new Map([['a', 'b']]) as never),
})

tryCases('set refuses what no field can hold', {
  newline: (res) => res.set('X-Foo', 'a\r\nX-Evil: 1'),
  'newline-name': (res) => res.set('X-Foo\r\nX-Evil', '1'),
  'empty-name': (res) => res.set('', 'x'),
  'space-name': (res) => res.set('X Foo', 'x'),
  unicode: (res) => res.set('X-Foo', '\u4f60'),
  nul: (res) => res.set('X-Foo', 'a\u0000b'),
  'list-newline': (res) => res.set('X-Foo', ['fine', 'b\nc']),
  'content-type-list': (res) => res.set('Content-Type', ['text/html'] as never),
  'number-name': (res) => res.set(42 as never, 'x'),
})

tryCases('Content-Type gets a charset when text needs one', {
  html: (res) => res.set('Content-Type', 'text/html'),
  lower: (res) => res.set('content-type', 'text/plain'),
  json: (res) => res.set('Content-Type', 'application/json'),
  javascript: (res) => res.set('Content-Type', 'application/javascript'),
  png: (res) => res.set('Content-Type', 'image/png'),
  charset: (res) => res.set('Content-Type', 'text/html; charset=iso-8859-1'),
  parameter: (res) => res.set('Content-Type', 'text/html; foo=bar'),
  extension: (res) => res.set('Content-Type', 'html'),
  unknown: (res) => res.set('Content-Type', 'application/x-unknown'),
  custom: (res) => res.set('Content-Type', 'application/vnd.api+json'),
  xml: (res) => res.set('Content-Type', 'image/svg+xml'),
  nonsense: (res) => res.set('Content-Type', 'nonsense'),
  object: (res) => res.set({ 'Content-Type': 'text/csv' }),
  setHeader: (res) => res.setHeader('Content-Type', 'text/html'),
})

tryCases('type: extensions and types', {
  html: (res) => res.type('html'),
  dot: (res) => res.type('.html'),
  file: (res) => res.type('name.json'),
  json: (res) => res.type('json'),
  js: (res) => res.type('js'),
  png: (res) => res.type('png'),
  bin: (res) => res.type('bin'),
  txt: (res) => res.type('txt'),
  upper: (res) => res.type('HTML'),
  unknown: (res) => res.type('no-such-extension'),
  full: (res) => res.type('application/x-tobi'),
  slash: (res) => res.type('text/html'),
  charset: (res) => res.type('text/html; charset=utf-16'),
  contentType: (res) => res.contentType('svg'),
  empty: (res) => res.type(''),
  undefined: (res) => res.type(undefined as never),
})

tryCases('append adds to what is there', {
  fresh: (res) => res.append('X-Foo', 'a'),
  twice: (res) => res.append('X-Foo', 'a').append('X-Foo', 'b'),
  list: (res) => res.append('X-Foo', ['a', 'b']).append('X-Foo', 'c'),
  'to-a-set': (res) => res.set('X-Foo', 'a').append('X-Foo', ['b', 'c']),
  'set-resets': (res) => res.append('X-Foo', 'a').set('X-Foo', 'b').append('X-Foo', 'c'),
  cookies: (res) => res.append('Set-Cookie', 'a=1').append('Set-Cookie', 'b=2').cookie('c', '3'),
  link: (res) => res.append('Link', '<a>').append('Link', '<b>'),
  number: (res) => res.append('X-Number', 1 as never).append('X-Number', 2 as never),
})

tryCases('get reads what was set', {
  set: (res) => res.set('X-Foo', 'bar').get('x-foo'),
  none: (res) => res.get('X-None'),
  list: (res) => res.set('X-List', ['a', 'b']).get('X-List'),
  number: (res) => res.set('Content-Length', 0 as never).get('Content-Length'),
  type: (res) => res.type('html').get('Content-Type'),
  powered: (res) => res.get('X-Powered-By'),
})

tryCases('vary', {
  one: (res) => res.vary('Accept'),
  twice: (res) => res.vary('Accept').vary('accept'),
  several: (res) => res.vary(['Accept', 'Origin'] as never),
  string: (res) => res.vary('Accept, Origin'),
  existing: (res) => res.set('Vary', 'Accept-Encoding').vary('Accept'),
  star: (res) => res.vary('*'),
  'star-after': (res) => res.vary('Accept').vary('*').vary('Origin'),
  empty: (res) => res.vary([] as never),
  nothing: (res) => (res.vary as () => unknown)(),
  invalid: (res) => res.vary('a b\n'),
})

tryCases('links', {
  simple: (res) => res.links({ next: 'http://a/?page=2', last: 'http://a/?page=5' }),
  several: (res) => res.links({ pages: ['http://a/1', 'http://a/2'] as never }),
  added: (res) => res.links({ next: 'http://a/2' }).links({ last: 'http://a/5' }),
  none: (res) => res.links({}),
  comma: (res) => res.links({ next: 'http://a/?x=1,2;3' }),
})

tryCases('location', {
  absolute: (res) => res.location('http://google.com/'),
  relative: (res) => res.location('../login'),
  encodes: (res) => res.location('https://google.com?q=\u2603 \u00a710'),
  kept: (res) => res.location('https://google.com?q=%A710'),
  utf16: (res) => res.location('/\ud83d\ude00'),
  lone: (res) => res.location('/\ud83d'),
  space: (res) => res.location('/a b"<>'),
  newline: (res) => res.location('/a\r\nX-Evil: 1'),
  empty: (res) => res.location(''),
  object: (res) => res.location(new URL('http://example.com/x') as never),
  percent: (res) => res.location('/100%'),
  brackets: (res) => res.location('http://[::1]/[x]|y^'),
  undefined: (res) => res.location(undefined as never),
})

tryCases('attachment', {
  nothing: (res) => res.attachment(),
  name: (res) => res.attachment('/path/to/image.png'),
  unicode: (res) => res.attachment('/locales/\u65e5\u672c\u8a9e.txt'),
  latin: (res) => res.attachment('caf\u00e9.html'),
  quote: (res) => res.attachment('a"b\\c.txt'),
  noext: (res) => res.attachment('README'),
  percent: (res) => res.attachment('50%20.txt'),
  empty: (res) => res.attachment(''),
  typed: (res) => res.type('text/plain').attachment('a.png'),
})

tryCases('fields that are removed, and the names that are left', {
  remove: (res) => {
    res.set('X-Foo', 'a').removeHeader('x-foo')
    return res.getHeaderNames()
  },
  powered: (res) => {
    res.removeHeader('X-Powered-By')
    return res.getHeaders()
  },
  headers: (res) => {
    res.setHeaders?.(new Map([['X-A', '1']]))
    res.appendHeader('X-A', '2')
    return res.getHeaders()
  },
})
