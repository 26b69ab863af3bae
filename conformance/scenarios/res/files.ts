import { join } from 'node:path'
import type { Response } from 'express'
import { attempt, describe } from '../../harness/describe.js'
import { get, head } from '../../harness/exchange.js'
import { fixtures, lastModified } from '../../harness/fixtures.js'
import { answerError } from '../../harness/handlers.js'
import { area } from '../../harness/scenario.js'

const scenario = area('res/files')

const root = join(fixtures, 'public')
const file = (name: string) => join(root, name)

scenario(
  'sendFile of files with and without extension',
  ({ express }) => {
    const app = express()
    app.get('/*name', (req, res) => res.sendFile(req.params.name.join('/'), { root }))
    return app
  },
  [
    'hello.txt',
    'empty.txt',
    'data.json',
    'script.js',
    'image.png',
    'noext',
    'strange.xyzzy',
    'with%20space.txt',
    '$100%25.txt',
    '%C3%BCn%C3%AF.txt',
    'docs/deep/file.txt',
    'large.txt',
  ].flatMap((name) => [get(`/${name}`), head(`/${name}`)]),
)

scenario(
  'sendFile of an absolute path, and what it refuses',
  ({ express, note }) => {
    const app = express()
    app.get('/absolute', (_req, res) => res.sendFile(file('hello.txt')))
    app.get('/refused', (_req, res) => {
      note(
        'no path',
        attempt(() => (res.sendFile as () => void)()),
      )
      note(
        'empty',
        attempt(() => res.sendFile('')),
      )
      note(
        'number',
        attempt(() => res.sendFile(42 as never)),
      )
      note(
        'relative',
        attempt(() => res.sendFile('hello.txt')),
      )
      note(
        'bad dotfiles',
        attempt(() => res.sendFile(file('hello.txt'), { dotfiles: 'maybe' as never })),
      )
      res.end()
    })
    return app
  },
  [get('/absolute'), get('/refused')],
)

scenario(
  'sendFile errors reach next: missing, a folder, outside of the root, dotfiles',
  ({ express }) => {
    const app = express()
    app.get('/*name', (req, res) => res.sendFile(req.params.name.join('/'), { root }))
    app.use((_req, res) => void res.send('went on'))
    app.use(answerError)
    return app
  },
  [
    'missing.txt',
    'docs',
    'docs/',
    '..%2Foutside.txt',
    '.hidden',
    '.folder/inside.txt',
    'hello.txt/',
    'a%00b',
  ].map((name) => get(`/${name}`)),
)

scenario(
  'the callback of sendFile is called once the file is out, or with the error',
  ({ express, note, pending }) => {
    const app = express()
    const results = [pending(), pending(), pending(), pending()]
    app.get('/:name', (req, res) => {
      const name = req.params.name
      const done = (error?: Error) => {
        note(name, [describe(error), res.headersSent, res.writableEnded])
        if (!res.headersSent) res.status(404).end('answered by the callback')
        results.pop()?.()
      }
      if (name === 'without-options') res.sendFile(file('hello.txt'), done)
      else res.sendFile(name, { root }, done)
    })
    return app
  },
  [get('/hello.txt'), get('/missing.txt'), get('/docs'), get('/without-options')],
)

scenario(
  'options of sendFile: maxAge, immutable, headers, lastModified, cacheControl, acceptRanges, dotfiles, etag',
  ({ express }) => {
    const app = express()
    const options: Record<string, object> = {
      maxAge: { maxAge: 20_000 },
      'maxAge-text': { maxAge: '2h' },
      'maxAge-huge': { maxAge: 1e15 },
      'maxAge-nonsense': { maxAge: 'soon' },
      immutable: { maxAge: '1d', immutable: true },
      headers: { headers: { 'X-One': '1', 'Content-Type': 'text/x-own', 'Cache-Control': 'no-store' } },
      'no-last-modified': { lastModified: false },
      'no-cache-control': { cacheControl: false, maxAge: 1000 },
      'no-ranges': { acceptRanges: false },
      'no-etag': { etag: false },
      start: { start: 2, end: 5 },
    }
    app.get('/etag-off', (_req, res) => {
      app.disable('etag')
      res.sendFile('digits.txt', { root })
      app.set('etag', 'weak')
    })
    app.get('/hidden', (_req, res) => res.sendFile('.hidden', { root, dotfiles: 'allow' }))
    app.get('/denied', (_req, res) => res.sendFile('.hidden', { root, dotfiles: 'deny' }))
    app.get('/:name', (req, res) => res.sendFile('digits.txt', { root, ...options[req.params.name] }))
    app.use(answerError)
    return app
  },
  [
    'maxAge',
    'maxAge-text',
    'maxAge-huge',
    'maxAge-nonsense',
    'immutable',
    'headers',
    'no-last-modified',
    'no-cache-control',
    'no-ranges',
    'no-etag',
    'start',
    'etag-off',
    'hidden',
    'denied',
  ].map((name) => get(`/${name}`, name === 'no-ranges' ? { Range: 'bytes=0-1' } : {})),
)

scenario(
  'fields that were set before sendFile stay, also with HEAD, 304 and 206',
  ({ express }) => {
    const app = express()
    app.get('/', (_req, res) => {
      res.set({ 'X-Kept': '1', 'Cache-Control': 'private', 'Content-Type': 'text/x-mine' })
      res.set({ ETag: '"mine"', 'Last-Modified': 'Thu, 01 Jan 1970 00:00:00 GMT' })
      res.sendFile(file('digits.txt'))
    })
    return app
  },
  [get('/'), head('/'), get('/', { 'If-None-Match': '"mine"' }), get('/', { Range: 'bytes=2-4' })],
)

scenario(
  'conditions and ranges of sendFile',
  ({ express }) => {
    const app = express()
    app.get('/', (_req, res) => res.sendFile(file('digits.txt')))
    app.use(answerError)
    return app
  },
  [
    get('/', { 'If-Modified-Since': lastModified }),
    get('/', { 'If-Unmodified-Since': 'Thu, 01 Jan 1970 00:00:00 GMT' }),
    get('/', { 'If-Match': '"other"' }),
    get('/', { Range: 'bytes=0-3' }),
    get('/', { Range: 'bytes=100-' }),
    get('/', { Range: 'bytes=0-1,3-4' }),
    get('/', { Range: 'lines=0-1' }),
  ],
)

scenario(
  'a status that was set stays',
  ({ express }) => {
    const app = express()
    app.get('/', (_req, res) => res.status(404).sendFile(file('page.html')))
    return app
  },
  [get('/'), get('/', { 'If-Modified-Since': lastModified }), get('/', { Range: 'bytes=0-2' })],
)

scenario(
  'sendFile after the answer began',
  ({ express, note, pending }) => {
    const app = express()
    const done = pending()
    app.get('/', (_req, res) => {
      res.write('begun ')
      res.sendFile(file('hello.txt'), (error) => {
        note('error', describe(error))
        res.end('and ended')
        done()
      })
    })
    return app
  },
  [get('/')],
)

const downloads: Record<string, (res: Response) => void> = {
  plain: (res) => res.download(file('hello.txt')),
  named: (res) => res.download(file('hello.txt'), 'document.html'),
  unicode: (res) => res.download(file('hello.txt'), 'grüße €.txt'),
  path: (res) => res.download(file('hello.txt'), '/some/folder/name.txt'),
  options: (res) => res.download(file('hello.txt'), 'x.txt', { maxAge: '4h', headers: { 'X-Foo': 'bar' } }),
  'options-second': (res) => res.download('hello.txt', { root } as never),
  'headers-override': (res) =>
    res.download(file('hello.txt'), 'x.txt', {
      headers: { 'content-disposition': 'inline', 'Content-Type': 'text/x' },
    }),
  root: (res) => res.download('docs/deep/file.txt', 'x.txt', { root }),
  hidden: (res) => res.download(file('.hidden'), '.hidden', { dotfiles: 'allow' }),
  empty: (res) => res.download(file('hello.txt'), ''),
  null: (res) => res.download(file('hello.txt'), null as never),
}

scenario(
  'download sets Content-Disposition and sends the file',
  ({ express }) => {
    const app = express()
    app.get('/:name', (req, res) => downloads[req.params.name]?.(res))
    return app
  },
  Object.keys(downloads).flatMap((name) => [get(`/${name}`)]),
)

scenario(
  'download that fails leaves no Content-Disposition behind, and calls back',
  ({ express, note, pending }) => {
    const app = express()
    const calls = [pending(), pending(), pending()]
    const called = (label: string, res: Response) => (error?: Error) => {
      note(label, [describe(error), res.get('Content-Disposition')])
      if (!res.headersSent) res.end('answered by the callback')
      calls.pop()?.()
    }
    app.get('/second', (_req, res) => res.download(file('missing.txt'), called('second', res)))
    app.get('/third', (_req, res) => res.download(file('missing.txt'), 'x', called('third', res)))
    app.get('/fourth', (_req, res) =>
      res.download(file('hello.txt'), 'x', { maxAge: 1 }, called('fourth', res)),
    )
    app.get('/next', (_req, res) => res.download(file('missing.txt'), 'name.txt'))
    app.use(answerError)
    return app
  },
  [get('/second'), get('/third'), get('/fourth'), get('/next')],
)
