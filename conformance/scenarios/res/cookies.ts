import cookieParser from 'cookie-parser'
import type { Response } from 'express'
import { attempt } from '../../harness/describe.js'
import { get } from '../../harness/exchange.js'
import { area } from '../../harness/scenario.js'

const scenario = area('res/cookies')

function tryCases(title: string, cases: Record<string, (res: Response) => unknown>): void {
  scenario(
    title,
    ({ express, note }) => {
      const app = express()
      app.use(cookieParser('some-secret'))
      app.get('/:name', (req, res) => {
        const result = attempt(() => cases[req.params.name]?.(res) === res)
        note(req.params.name, result)
        res.end()
      })
      return app
    },
    Object.keys(cases).map((name) => get(`/${name}`)),
  )
}

tryCases('values: text, objects, numbers, what must be encoded', {
  text: (res) => res.cookie('name', 'tobi'),
  empty: (res) => res.cookie('name', ''),
  encoded: (res) => res.cookie('name', 'a b;c,"d"=é'),
  object: (res) => res.cookie('user', { name: 'tobi', list: [1] }),
  array: (res) => res.cookie('user', [1, 2]),
  null: (res) => res.cookie('user', null),
  number: (res) => res.cookie('n', 42),
  boolean: (res) => res.cookie('b', false),
  undefined: (res) => res.cookie('u', undefined),
  date: (res) => res.cookie('d', new Date(0)),
  several: (res) => res.cookie('a', '1').cookie('b', '2').cookie('a', '3'),
})

tryCases('every attribute', {
  domain: (res) => res.cookie('a', 'b', { domain: 'example.com' }),
  path: (res) => res.cookie('a', 'b', { path: '/admin' }),
  'path-null': (res) => res.cookie('a', 'b', { path: null as never }),
  'path-empty': (res) => res.cookie('a', 'b', { path: '' }),
  expires: (res) => res.cookie('a', 'b', { expires: new Date('2030-01-02T03:04:05Z') }),
  maxAge: (res) => res.cookie('a', 'b', { maxAge: 900_000 }),
  'maxAge-0': (res) => res.cookie('a', 'b', { maxAge: 0 }),
  'maxAge-null': (res) => res.cookie('a', 'b', { maxAge: null as never }),
  'maxAge-undefined': (res) => res.cookie('a', 'b', { maxAge: undefined as never }),
  'maxAge-text': (res) => res.cookie('a', 'b', { maxAge: '1500' as never }),
  'maxAge-fraction': (res) => res.cookie('a', 'b', { maxAge: 2999 }),
  'maxAge-negative': (res) => res.cookie('a', 'b', { maxAge: -1000 }),
  'maxAge-nonsense': (res) => res.cookie('a', 'b', { maxAge: 'soon' as never }),
  httpOnly: (res) => res.cookie('a', 'b', { httpOnly: true }),
  secure: (res) => res.cookie('a', 'b', { secure: true }),
  'sameSite-true': (res) => res.cookie('a', 'b', { sameSite: true }),
  'sameSite-lax': (res) => res.cookie('a', 'b', { sameSite: 'lax' }),
  'sameSite-None': (res) => res.cookie('a', 'b', { sameSite: 'None' as never }),
  'sameSite-false': (res) => res.cookie('a', 'b', { sameSite: false }),
  partitioned: (res) => res.cookie('a', 'b', { partitioned: true } as never),
  priority: (res) => res.cookie('a', 'b', { priority: 'high' } as never),
  encode: (res) => res.cookie('a', 'b c', { encode: (value: string) => value.replaceAll(' ', '_') }),
  'encode-plain': (res) => res.cookie('a', 'b%c', { encode: String }),
  all: (res) =>
    res.cookie('a', 'b', {
      domain: 'example.com',
      path: '/x',
      httpOnly: true,
      secure: true,
      sameSite: 'strict',
      expires: new Date('2030-01-02T03:04:05Z'),
    }),
})

tryCases('what is refused', {
  name: (res) => res.cookie('a b', 'c'),
  'name-newline': (res) => res.cookie('a\r\nb', 'c'),
  'name-empty': (res) => res.cookie('', 'c'),
  domain: (res) => res.cookie('a', 'b', { domain: 'example.com; Secure' }),
  path: (res) => res.cookie('a', 'b', { path: '/;x' }),
  sameSite: (res) => res.cookie('a', 'b', { sameSite: 'sometimes' as never }),
  priority: (res) => res.cookie('a', 'b', { priority: 'urgent' } as never),
  expires: (res) => res.cookie('a', 'b', { expires: 'tomorrow' as never }),
  'expires-invalid': (res) => res.cookie('a', 'b', { expires: new Date('x') }),
  encode: (res) => res.cookie('a', 'b', { encode: 'no function' as never }),
  'encoded-badly': (res) => res.cookie('a', 'b;c', { encode: String }),
})

tryCases('signed cookies', {
  text: (res) => res.cookie('name', 'tobi', { signed: true }),
  object: (res) => res.cookie('user', { name: 'tobi' }, { signed: true }),
  attributes: (res) => res.cookie('name', 'tobi', { signed: true, httpOnly: true, maxAge: 1000 }),
})

tryCases('clearCookie', {
  plain: (res) => res.clearCookie('sid'),
  path: (res) => res.clearCookie('sid', { path: '/admin' }),
  attributes: (res) =>
    res.clearCookie('sid', { domain: 'example.com', httpOnly: true, secure: true, sameSite: 'lax' }),
  'maxAge-ignored': (res) => res.clearCookie('sid', { path: '/', maxAge: 1000 }),
  'expires-ignored': (res) => res.clearCookie('sid', { expires: new Date() }),
})

scenario(
  'the options that are passed in are left alone',
  ({ express, note }) => {
    const app = express()
    app.get('/', (_req, res) => {
      const options = { maxAge: 1000, path: undefined as never }
      res.cookie('a', 'b', options)
      res.clearCookie('c', options)
      note('options', options)
      res.cookie('frozen', 'x', Object.freeze({ maxAge: 5000 }))
      res.end()
    })
    return app
  },
  [get('/')],
)
