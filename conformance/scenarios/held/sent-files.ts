import fs, { renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { join } from 'node:path'
import type { Response } from 'express'
import { attempt } from '../../harness/describe.js'
import { get, head, pipeline } from '../../harness/exchange.js'
import { fixtures } from '../../harness/fixtures.js'
import { answerError } from '../../harness/handlers.js'
import { area } from '../../harness/scenario.js'
import type { Stage } from '../../harness/stage.js'

const scenario = area('held/sent-files')

const root = join(fixtures, 'public')
const digits = join(root, 'digits.txt')

function serving({ express }: Stage, options: object = {}, mount = '/') {
  const app = express()
  app.use(mount, express.static(root, options))
  app.use((_req, res) => void res.status(404).send('no such file'))
  app.use(answerError)
  return app
}

scenario(
  'a redirect to a folder has an encoded backslash, and no fragment',
  (stage) => serving(stage),
  [get('/docs?to=\\evil.example'), get('/docs#part'), get('/docs?x=1#part'), get('/docs?x=1')],
  {
    refusedByTurbo: { 'GET /docs#part': 400, 'GET /docs?x=1#part': 400 },
    differs: {
      id: 'static-redirect-path',
      express: {
        sheets: [
          { status: 301, fields: { Location: '/docs/?to=\\evil.example' } },
          { status: 301, fields: { Location: '/docs/#part' } },
          { status: 301, fields: { Location: '/docs/?x=1#part' } },
          'same',
        ],
      },
      subject: {
        sheets: [
          { status: 301, fields: { Location: '/docs/?to=%5Cevil.example' } },
          { status: 301, fields: { Location: '/docs/' } },
          { status: 301, fields: { Location: '/docs/?x=1' } },
          'same',
        ],
      },
    },
  },
)

scenario(
  'a folder behind repeated slashes is redirected to its one spelling',
  (stage) => serving(stage, {}, '/m'),
  [get('/m//docs'), get('/m//docs?x=1'), get('/m/docs')],
  {
    differs: {
      id: 'static-canonical-path',
      express: {
        sheets: [
          { status: 301, fields: { Location: '/m//docs/' } },
          { status: 301, fields: { Location: '/m//docs/?x=1' } },
          'same',
        ],
      },
      subject: {
        sheets: [
          { status: 301, fields: { Location: '/m/docs/' } },
          { status: 301, fields: { Location: '/m/docs/?x=1' } },
          'same',
        ],
      },
    },
  },
)

const impossible: [object, string][] = [
  [{ dotfiles: 'hide' }, 'dotfiles option must be "allow", "deny", or "ignore"'],
  [{ extensions: [1] }, 'extensions option must be array of strings or false'],
  [{ index: {} }, 'index option must be array of strings or false'],
]

scenario(
  'impossible options of static are refused when it is made',
  ({ express, note }) => {
    const app = express()
    for (const [options] of impossible) {
      const made = attempt(() => void app.use(`/${Object.keys(options)[0]}`, express.static(root, options)))
      note('made', made)
    }
    app.use((_req, res) => void res.status(404).send('not served'))
    app.use(answerError)
    return app
  },
  impossible.map(([options]) => get(`/${Object.keys(options)[0]}/hello.txt`)),
  {
    differs: {
      id: 'static-options-early',
      express: {
        sheets: impossible.map(([, message]) => ({ status: 500, body: `TypeError: ${message}` })),
        notes: impossible.map(() => 'made = { returned: undefined }'),
      },
      subject: {
        sheets: impossible.map(() => ({ status: 404, body: 'not served' })),
        notes: impossible.map(([, message]) => `made = threw TypeError: ${message}`),
      },
    },
  },
)

scenario(
  'a device is no file',
  (stage) => {
    const path = join(root, 'device.txt')
    symlinkSync('/dev/null', path)
    stage.cleanup(() => fs.rmSync(path))
    return serving(stage)
  },
  [get('/device.txt'), head('/device.txt')],
  {
    differs: {
      id: 'files-regular-only',
      express: {
        sheets: [
          { status: 200, fields: { 'Content-Length': '0' } },
          { status: 200, fields: { 'Content-Length': '0' } },
        ],
      },
      subject: {
        sheets: [{ status: 404, body: 'no such file' }, { status: 404 }],
      },
    },
  },
)

/** Calls back when sendFile sets the length: the file has been looked at, and nothing was sent. */
function onceLookedAt(res: Response, act: () => void): void {
  const setHeader = res.setHeader.bind(res)
  res.setHeader = (name, value) => {
    if (name === 'Content-Length') act()
    return setHeader(name, value)
  }
}

scenario(
  'a file that another one replaces is sent as it was',
  ({ express, cleanup }) => {
    const path = join(root, 'replaced.txt')
    cleanup(() => fs.rmSync(path))
    const app = express()
    app.get('/', (_req, res) => {
      writeFileSync(path, 'the old one')
      writeFileSync(`${path}.new`, 'THE NEW ONE')
      onceLookedAt(res, () => renameSync(`${path}.new`, path))
      res.sendFile(path, { lastModified: false, etag: false })
    })
    return app.disable('etag')
  },
  [get('/')],
  {
    differs: {
      id: 'file-opened-once',
      express: { sheets: [{ status: 200, body: 'THE NEW ONE' }] },
      subject: { sheets: [{ status: 200, body: 'the old one' }] },
    },
  },
)

scenario(
  'the answer to a failing disk carries no fields of the file',
  (stage) => {
    stage.cleanup(syncBuiltinESMExports)
    stage.patch(fs, 'read', (...args: unknown[]) => {
      const done = args.at(-1) as (error: Error) => void
      setImmediate(done, Object.assign(new Error('EIO: i/o error, read'), { code: 'EIO', syscall: 'read' }))
    })
    syncBuiltinESMExports()
    return serving(stage, { maxAge: '1d' })
  },
  [get('/hello.txt')],
  {
    differs: {
      id: 'file-error-uncached',
      express: {
        sheets: [
          {
            status: 500,
            fields: {
              'Accept-Ranges': 'bytes',
              'Cache-Control': 'public, max-age=86400',
              ETag: /^W/,
              'Last-Modified': /GMT$/,
            },
            body: /^Error: EIO/,
          },
        ],
      },
      subject: {
        sheets: [
          {
            status: 500,
            fields: { 'Accept-Ranges': null, 'Cache-Control': null, ETag: /^W/, 'Last-Modified': null },
            body: /^Error: EIO/,
          },
        ],
      },
    },
  },
)

const nothing = { status: 200, fields: { 'Content-Length': '0' }, body: '' }

scenario(
  'start behind end sends nothing',
  ({ express }) => {
    const app = express()
    app.get('/:start/:end', (req, res) =>
      res.sendFile(digits, { start: Number(req.params.start), end: Number(req.params.end) }),
    )
    return app
  },
  [get('/5/4'), head('/5/2'), get('/5/5'), get('/50/60')],
  {
    differs: {
      id: 'file-part-empty',
      express: {
        sheets: [
          { answers: [nothing], surplus: '5' },
          { status: 200, fields: { 'Content-Length': '-2' } },
          'same',
          'same',
        ],
      },
      subject: { sheets: [nothing, nothing, 'same', 'same'] },
    },
  },
)

const ranges = (count: number) => ({ Range: `bytes=${Array(count).fill('0-1').join(',')}` })

scenario(
  'more than 64 ranges are ignored',
  (stage) => serving(stage),
  [get('/digits.txt', ranges(64)), get('/digits.txt', ranges(65))],
  {
    differs: {
      id: 'file-ranges-counted',
      express: { sheets: ['same', { status: 206, body: '01' }] },
      subject: {
        sheets: ['same', { status: 200, fields: { 'Content-Range': null }, body: '0123456789' }],
      },
    },
  },
)

scenario(
  'the callback of sendFile is called when the file was sent',
  ({ express, note, pending }) => {
    const app = express()
    let answerFirst = () => {}
    app.get('/first', (_req, res) => {
      answerFirst = () => void res.send('first')
    })
    // Nothing of it can leave before the first answer does.
    app.get('/second', (_req, res) => {
      const [finished, calledBack] = [pending(), pending()]
      const end = res.end.bind(res) as (...args: unknown[]) => Response
      res.end = (...args: unknown[]) => {
        setImmediate(() => setImmediate(answerFirst))
        return end(...args)
      }
      res.on('finish', () => {
        note('finish')
        finished()
      })
      res.sendFile(digits, () => {
        note('callback')
        calledBack()
      })
    })
    return app
  },
  [pipeline({ target: '/first' }, { target: '/second' })],
  {
    differs: {
      id: 'file-callback-sent',
      express: { sheets: ['same'], notes: ['callback', 'finish'] },
      subject: { sheets: ['same'], notes: ['finish', 'callback'] },
    },
  },
)

scenario(
  'an entity tag may hold a comma',
  (stage) => {
    const { express } = stage
    const app = express()
    app.get('/sent', (_req, res) => void res.set('ETag', '"a,b"').send('sent'))
    app.use(serving(stage, { setHeaders: (res: Response) => void res.setHeader('ETag', '"a,b"') }))
    return app
  },
  [
    get('/sent', { 'If-None-Match': '"a,b"' }),
    get('/hello.txt', { 'If-None-Match': '"a,b"' }),
    get('/hello.txt', { 'If-Match': '"a,b"' }),
    get('/sent', { 'If-None-Match': '"x", "a,b"' }),
  ],
  {
    differs: {
      id: 'entity-tag-comma',
      express: { sheets: [{ status: 200 }, { status: 200 }, { status: 412 }, 'same'] },
      subject: { sheets: [{ status: 304 }, { status: 304 }, { status: 200 }, 'same'] },
    },
  },
)
