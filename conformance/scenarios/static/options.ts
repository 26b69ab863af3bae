import { join } from 'node:path'
import { attempt } from '../../harness/describe.js'
import { get, head, post, send } from '../../harness/exchange.js'
import { fixtures } from '../../harness/fixtures.js'
import { answerError } from '../../harness/handlers.js'
import { area } from '../../harness/scenario.js'
import type { Stage } from '../../harness/stage.js'

const scenario = area('static/options')

const root = join(fixtures, 'public')

type Options = NonNullable<Parameters<Stage['express']['static']>[1]>

function serving({ express }: Stage, options?: Options, path = '/') {
  const app = express()
  app.use(path, express.static(root, options))
  app.use((req, res) => void res.status(404).send(`went on to ${req.method} ${req.url}`))
  app.use(answerError)
  return app
}

scenario('files of all kinds, with GET and HEAD', (stage) => serving(stage), [
  get('/hello.txt'),
  head('/hello.txt'),
  get('/empty.txt'),
  get('/data.json'),
  get('/script.js'),
  get('/image.png'),
  get('/noext'),
  get('/strange.xyzzy'),
  get('/docs/deep/file.txt'),
  get('/large.txt'),
  get('/hello.txt?v=1'),
])

scenario('index.html of folders, redirects to the slash', (stage) => serving(stage), [
  get('/'),
  get('/docs/'),
  get('/docs'),
  head('/docs'),
  get('/docs?x=1&y=%20'),
  get('/bare/'),
  get('/bare'),
  get('/index.html'),
])

scenario('under a mount path', (stage) => serving(stage, undefined, '/assets'), [
  get('/assets/hello.txt'),
  get('/assets'),
  get('/assets/'),
  get('/assets/docs'),
  get('/hello.txt'),
])

scenario('methods other than GET and HEAD fall through', (stage) => serving(stage), [
  post('/hello.txt', null, 'x'),
  send({ method: 'OPTIONS', target: '/hello.txt' }),
  send({ method: 'DELETE', target: '/hello.txt' }),
])

scenario('fallthrough: false answers the errors', (stage) => serving(stage, { fallthrough: false }), [
  get('/missing.txt'),
  post('/hello.txt', null, 'x'),
  send({ method: 'OPTIONS', target: '/hello.txt' }),
  get('/%zz'),
  get('/a%00b'),
  get('/.hidden'),
  get(`/${'long'.repeat(100)}`),
])

scenario(
  'index: another name, several, none',
  ({ express }) => {
    const app = express()
    app.use('/other', express.static(root, { index: 'default.htm' }))
    app.use(
      '/several',
      express.static(root, { index: ['missing.html', 'default.htm', 'index.html'] as never }),
    )
    app.use('/none', express.static(root, { index: false }))
    app.use((_req, res) => void res.status(404).send('went on'))
    return app
  },
  [get('/other/docs/'), get('/several/docs/'), get('/none/docs/'), get('/none/docs'), get('/other/')],
)

scenario('redirect: false', (stage) => serving(stage, { redirect: false }), [
  get('/docs'),
  get('/docs/'),
  get('/bare'),
])

scenario(
  'redirect: false without fallthrough',
  (stage) => serving(stage, { redirect: false, fallthrough: false }),
  [get('/docs')],
)

scenario(
  'extensions are tried in order',
  ({ express }) => {
    const app = express()
    app.use('/one', express.static(root, { extensions: ['html'] }))
    app.use('/two', express.static(root, { extensions: ['htm', 'html'] }))
    app.use('/text', express.static(root, { extensions: 'txt' as never }))
    app.use('/off', express.static(root, { extensions: false }))
    app.use((_req, res) => void res.status(404).send('went on'))
    return app
  },
  [
    get('/one/page'),
    get('/two/page'),
    get('/text/hello'),
    get('/one/hello'),
    get('/off/page'),
    get('/one/docs'),
  ],
)

scenario(
  'maxAge, immutable, cacheControl, lastModified, etag, acceptRanges',
  ({ express }) => {
    const app = express()
    const kinds: Record<string, Options> = {
      number: { maxAge: 20_000 },
      text: { maxAge: '30d' },
      huge: { maxAge: 1e15 },
      negative: { maxAge: -5 },
      immutable: { maxAge: '1h', immutable: true },
      'no-cache-control': { cacheControl: false },
      'no-last-modified': { lastModified: false },
      'no-etag': { etag: false },
      'no-ranges': { acceptRanges: false },
      maxage: { maxage: '1d' } as never,
    }
    for (const [name, options] of Object.entries(kinds)) app.use(`/${name}`, express.static(root, options))
    return app
  },
  [
    get('/number/hello.txt'),
    get('/text/hello.txt'),
    get('/huge/hello.txt'),
    get('/negative/hello.txt'),
    get('/immutable/hello.txt'),
    get('/no-cache-control/hello.txt'),
    get('/no-last-modified/hello.txt'),
    get('/no-etag/hello.txt'),
    get('/no-ranges/hello.txt', { Range: 'bytes=0-1' }),
    get('/maxage/hello.txt'),
  ],
)

scenario(
  'setHeaders is called before a file goes out, not for redirects and errors',
  (stage) =>
    serving(stage, {
      setHeaders(res, path, stat) {
        stage.note('setHeaders', [path === join(root, 'hello.txt'), stat.size, res.headersSent])
        res.setHeader('X-Custom', 'set')
        res.setHeader('Cache-Control', 'private')
      },
    }),
  [get('/hello.txt'), get('/docs'), get('/missing.txt'), get('/hello.txt', { 'If-None-Match': '*' })],
)

scenario(
  'fields that were set before stay',
  ({ express }) => {
    const app = express()
    app.use((_req, res, next) => {
      res.set({ 'Cache-Control': 'no-store', 'X-Before': '1', 'Content-Type': 'text/x-own', ETag: '"own"' })
      next()
    })
    app.use(express.static(root))
    return app
  },
  [get('/hello.txt'), get('/hello.txt', { 'If-None-Match': '"own"' }), get('/docs'), get('/missing')],
)

for (const dotfiles of ['allow', 'deny', 'ignore', undefined] as const) {
  scenario(`dotfiles: ${dotfiles}`, (stage) => serving(stage, dotfiles ? { dotfiles } : {}), [
    get('/.hidden'),
    get('/.folder/inside.txt'),
    get('/.folder/'),
    get('/.none'),
  ])
}

scenario(
  'options that are refused',
  ({ express, note }) => {
    const make = express.static as unknown as (...args: unknown[]) => { name: string; length: number }
    note(
      'no root',
      attempt(() => make()),
    )
    note(
      'root',
      attempt(() => make(42)),
    )
    note(
      'setHeaders',
      attempt(() => make(root, { setHeaders: 3 })),
    )
    note(
      'fine',
      attempt(() => [make(root).name, make(root).length]),
    )
  },
  [],
)

scenario(
  'a root that does not exist, and one that is a file',
  ({ express }) => {
    const app = express()
    app.use('/none', express.static(join(fixtures, 'no-such-folder')))
    app.use('/file', express.static(join(root, 'hello.txt')))
    app.use((_req, res) => void res.status(404).send('went on'))
    return app
  },
  [get('/none/'), get('/none/x'), get('/file/'), get('/file/x'), get('/file')],
)

scenario(
  'several roots are searched one after another',
  ({ express }) => {
    const app = express()
    app.use(express.static(join(root, 'docs')))
    app.use(express.static(root))
    return app
  },
  [get('/index.html'), get('/hello.txt'), get('/default.htm'), get('/missing')],
)
