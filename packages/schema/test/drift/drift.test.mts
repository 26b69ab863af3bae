import assert from 'node:assert/strict'
import { once } from 'node:events'
import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import { Readable } from 'node:stream'
import { setTimeout } from 'node:timers/promises'
import { describe, test, type TestContext } from 'node:test'
import zlib, { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import compression from 'compression'
import {
  type ApiDocument,
  ContractError,
  drift,
  type DriftFinding,
  type DriftOptions,
  formatDriftReport,
  openapi,
} from '#dist/index.js'
import { FRAMEWORKS } from '../support/frameworks.mjs'
import { serving } from '../support/serving.mjs'

type Framework = (typeof FRAMEWORKS)[number]['framework']
type Response = Parameters<Parameters<ReturnType<Framework>['get']>[1] & ((req: any, res: any) => void)>[1]

const USER = { type: 'object', required: ['id'], properties: { id: { type: 'integer' } } }

const DOCUMENT: ApiDocument = {
  openapi: '3.1.0',
  paths: {
    '/user': {
      get: { responses: { 200: { description: 'ok', content: { 'application/json': { schema: USER } } } } },
      post: {
        requestBody: { content: { 'application/json': { schema: USER } } },
        responses: { 200: { description: 'ok', content: { 'application/json': { schema: USER } } } },
      },
    },
  },
}

const { zstdCompressSync } = zlib as { zstdCompressSync?: (text: string) => Buffer }

const CODINGS: Readonly<Record<string, (text: string) => Buffer>> = {
  gzip: gzipSync,
  deflate: deflateSync,
  br: brotliCompressSync,
  // With Node 22.15 and 23.8.
  ...(zstdCompressSync && { zstd: zstdCompressSync }),
}

interface Watched {
  readonly origin: string
  readonly told: DriftFinding[]
  readonly watcher: ReturnType<typeof drift>
  /** Sends a request to its end, and waits until it has been checked. */
  ask(path: string, init?: RequestInit): Promise<globalThis.Response>
}

async function watched(
  t: TestContext,
  framework: Framework,
  register: (app: ReturnType<Framework>) => void,
  options: DriftOptions = {},
  document: Parameters<typeof drift>[0] = DOCUMENT,
): Promise<Watched> {
  const told: DriftFinding[] = []
  const watcher = drift(document, { onDrift: (finding) => void told.push(finding), ...options })
  const app = framework()
  app.use(watcher)
  register(app)
  const origin = await serving(t, app)
  const seen = (): number => watcher.report().checked + watcher.report().skipped
  const ask = async (path: string, init?: RequestInit): Promise<globalThis.Response> => {
    const before = seen()
    const response = await fetch(origin + path, init)
    await response.clone().arrayBuffer()
    for (let rounds = 0; rounds < 200 && seen() === before; rounds++) await setTimeout(5)
    return response
  }
  return { origin, told, watcher, ask }
}

/** Every way to answer `{"id":"seven"}` as JSON. */
const WAYS: Readonly<Record<string, (res: any) => void>> = {
  'res.json': (res) => res.json({ id: 'seven' }),
  'res.send': (res) => res.type('json').send('{"id":"seven"}'),
  'res.send with bytes': (res) => res.type('json').send(Buffer.from('{"id":"seven"}')),
  'res.end': (res) => res.setHeader('Content-Type', 'application/json').end('{"id":"seven"}'),
  'res.writeHead and res.end': (res) =>
    res.writeHead(200, { 'Content-Type': 'application/json' }).end('{"id":"seven"}'),
  'res.write': (res) => {
    res.type('json')
    res.write('{"id":')
    res.write(Buffer.from('"seven"'))
    res.end('}')
  },
  'a stream': (res) =>
    void Readable.from([Buffer.from('{"id":'), Buffer.from('"seven"}')]).pipe(res.type('json')),
}

for (const { name, framework } of FRAMEWORKS) {
  describe(`drift on ${name}`, () => {
    for (const [way, answer] of Object.entries(WAYS)) {
      test(`looks at what ${way} sends, and changes nothing of it`, async (t) => {
        const bare = framework()
        bare.get('/user', (_req, res) => answer(res))
        const expected = await fetch(`${await serving(t, bare)}/user`)
        const { ask, told } = await watched(t, framework, (app) =>
          app.get('/user', (_req, res) => answer(res)),
        )
        const given = await ask('/user')
        assert.equal(await given.text(), await expected.text())
        const fields = (response: globalThis.Response): string[] =>
          [...response.headers].filter(([field]) => field !== 'date').map(String)
        assert.deepEqual(fields(given), fields(expected))
        assert.deepEqual(
          told.map(({ kind, issues }) => [kind, issues]),
          [['response-body', [{ path: '/id', message: 'must be integer' }]]],
        )
      })
    }

    test('says nothing of what is as described', async (t) => {
      const { ask, watcher } = await watched(t, framework, (app) =>
        app.get('/user', (_req, res) => void res.json({ id: 7 })),
      )
      await ask('/user')
      assert.deepEqual(watcher.report().findings, [])
      assert.equal(formatDriftReport(watcher.report()), '0 found in 1 answers')
    })

    test('tells each kind once for a route, counts the others, and begins anew when it is told to', async (t) => {
      const { ask, told, watcher } = await watched(t, framework, (app) =>
        app.get('/user', (_req, res) => void res.json({})),
      )
      for (let round = 0; round < 3; round++) await ask('/user')
      assert.deepEqual([told.length, watcher.report().findings[0]?.count], [1, 3])
      assert.match(
        formatDriftReport(watcher.report()),
        /^GET \/user\n {2}answers 200 with a body that does not fit: lacks "id" \(response-body, 3 times\)\n\n1 found in 3 answers$/u,
      )
      watcher.forget()
      assert.equal(watcher.report().checked, 0)
      await ask('/user')
      assert.equal(told.length, 2)
    })

    test('names a route that the document does not have, however many paths it has', async (t) => {
      const { ask, told } = await watched(t, framework, (app) => {
        const router = framework.Router()
        router.get('/:id', (_req, res) => void res.send('x'))
        app.use('/things', router)
      })
      for (const id of ['a', 'b', 'c']) await ask(`/things/${id}`)
      assert.deepEqual(
        told.map(({ kind, operation }) => [kind, operation]),
        [['undocumented-path', 'GET /things/:id']],
      )
    })

    test('knows a parameter that holds slashes by its route', async (t) => {
      const document: ApiDocument = {
        openapi: '3.1.0',
        paths: {
          '/files/{path}': { get: { responses: { 200: { description: 'ok', content: { 'text/*': {} } } } } },
        },
      }
      const register = (app: ReturnType<Framework>): void => {
        app.get('/files/*path', (req, res) => {
          if (String(req.params['path']).includes('json')) res.json({})
          else res.send('x')
        })
      }
      const { ask, told } = await watched(t, framework, register, {}, document)
      await ask('/files/a')
      await ask('/files/a/b/c')
      assert.deepEqual(told, [])
      await ask('/files/a/json')
      assert.deepEqual(
        told.map(({ kind, operation }) => [kind, operation]),
        [['undocumented-type', 'GET /files/{path}']],
      )
    })

    test('says nothing of paths that nobody has, nor of those that it is to ignore', async (t) => {
      const register = (app: ReturnType<Framework>): void => {
        app.get('/docs/page', (_req, res) => void res.send('x'))
      }
      const { ask, told, origin } = await watched(t, framework, register, { ignore: ['/docs'] })
      await ask('/wp-admin')
      assert.equal((await fetch(`${origin}/docs/page`)).status, 200)
      await setTimeout(20)
      assert.deepEqual(told, [])
    })

    test('keeps no more findings than it was told, whatever clients send', async (t) => {
      const { ask, watcher } = await watched(
        t,
        framework,
        (app) => app.use((_req, res) => void res.send('x')),
        { maxFindings: 2 },
      )
      for (const path of ['/a', '/b', '/c', '/d']) await ask(path)
      const { findings, dropped } = watcher.report()
      assert.deepEqual([findings.length, dropped], [2, 2])
    })

    test('looks at accepted requests as they came, whatever parses them after it', async (t) => {
      const register = (app: ReturnType<Framework>): void => {
        app.use(framework.json())
        app.post('/user', (req, res) => {
          req.body = { id: 7 }
          res.json({ id: 7 })
        })
      }
      const { ask, told } = await watched(t, framework, register)
      const send = (body: string): Promise<globalThis.Response> =>
        ask('/user', { method: 'POST', headers: { 'content-type': 'application/json' }, body })
      assert.deepEqual(await (await send('{"id":8}')).json(), { id: 7 })
      assert.deepEqual(told, [])
      await send('{"id":"eight"}')
      assert.deepEqual(
        told.map(({ kind }) => kind),
        ['request-body'],
      )
    })

    test('leaves requests alone when it is told to', async (t) => {
      const register = (app: ReturnType<Framework>): void => {
        app.post('/user', framework.json(), (_req, res) => void res.json({ id: 7 }))
      }
      const { ask, told } = await watched(t, framework, register, { requests: false })
      await ask('/user', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })
      assert.deepEqual(told, [])
    })

    for (const [coding, compress] of Object.entries(CODINGS)) {
      test(`looks into what was sent as ${coding}, and changes nothing of it`, async (t) => {
        const register = (app: ReturnType<Framework>): void => {
          app.get('/user', (_req, res) => {
            res.type('json').set('Content-Encoding', coding).end(compress('{"id":"seven"}'))
          })
        }
        const { told, watcher, ask } = await watched(t, framework, register)
        const answer = await ask('/user', { headers: { 'accept-encoding': coding } })
        assert.equal(answer.headers.get('content-encoding'), coding)
        assert.deepEqual(
          told.map(({ kind, message }) => [kind, message]),
          [['response-body', 'answers 200 with a body that does not fit: /id must be integer']],
        )
        assert.deepEqual(watcher.report().unseenBodies, { compressed: 0, 'too-long': 0 })
      })
    }

    test('looks at what compression() has written in pieces', async (t) => {
      const register = (app: ReturnType<Framework>): void => {
        app.use(compression({ threshold: 0 }))
        app.get('/user', (_req, res) => {
          res.type('json')
          res.write('{"id":')
          ;(res as unknown as { flush(): void }).flush()
          res.end('"seven"}')
        })
      }
      const { told, ask } = await watched(t, framework, register)
      const answer = await ask('/user', { headers: { 'accept-encoding': 'gzip' } })
      assert.equal(answer.headers.get('content-encoding'), 'gzip')
      assert.equal(await answer.text(), '{"id":"seven"}')
      assert.deepEqual(
        told.map(({ kind }) => kind),
        ['response-body'],
      )
    })

    test('inflates no more than it would look at', async (t) => {
      const zipped = gzipSync(JSON.stringify({ id: 'a'.repeat(1_000_000) }))
      const register = (app: ReturnType<Framework>): void => {
        app.get('/user', (_req, res) => {
          res.type('json').set('Content-Encoding', 'gzip').end(zipped)
        })
      }
      const { told, watcher, ask } = await watched(t, framework, register)
      await ask('/user')
      assert.deepEqual(told, [])
      assert.deepEqual(watcher.report().unseenBodies, { compressed: 0, 'too-long': 1 })
    })

    test('says nothing of the document and the page that openapi() serves', async (t) => {
      const register = (app: ReturnType<Framework>): void => {
        app.use('/internal', openapi(app, { info: { title: 'Users', version: '1' } }))
        app.get('/other', (_req, res) => void res.json({}))
      }
      const { told, origin, ask } = await watched(t, framework, register)
      for (const path of ['/internal/openapi.json', '/internal/docs', '/internal/docs/start.js']) {
        assert.equal((await fetch(origin + path)).status, 200, path)
      }
      await ask('/other')
      assert.deepEqual(
        told.map(({ operation }) => operation),
        ['GET /other'],
      )
    })

    test('counts bodies that are too long, or in a coding that nobody knows, and lets them through', async (t) => {
      const zipped = gzipSync('{}')
      const register = (app: ReturnType<Framework>): void => {
        app.get('/user', (req, res) => {
          if (req.query['zip']) res.type('json').set('Content-Encoding', 'x-own').send(zipped)
          else res.json({ id: 'a'.repeat(2000) })
        })
      }
      const { ask, told, watcher } = await watched(t, framework, register, { maxBodyBytes: 1000 })
      assert.deepEqual(Buffer.from(await (await ask('/user?zip=1')).arrayBuffer()), zipped)
      assert.equal((await (await ask('/user')).text()).length, 2009)
      assert.deepEqual(told, [])
      assert.deepEqual(watcher.report().unseenBodies, { compressed: 1, 'too-long': 1 })
      assert.match(
        formatDriftReport(watcher.report()),
        /2 bodies not looked at \(1 compressed, 1 too long\)/u,
      )
    })

    test('looks into what is compressed behind it', async (t) => {
      const register = (app: ReturnType<Framework>): void => {
        app.use((_req, res, next) => {
          // As compression() does: the fields say so only when the head is written.
          const { end } = res
          res.end = function zippedEnd(this: Response, chunk: unknown) {
            res.setHeader('Content-Encoding', 'gzip')
            res.removeHeader('Content-Length')
            return end.call(this, gzipSync(String(chunk)), 'utf8')
          } as typeof res.end
          next()
        })
        app.get('/user', (_req, res) => void res.type('json').end('{}'))
      }
      const { ask, told } = await watched(t, framework, register)
      assert.equal(await (await ask('/user')).text(), '{}')
      assert.deepEqual(
        told.map(({ kind }) => kind),
        ['response-body'],
      )
    })

    test('looks at the part of the requests that it is told to', async (t) => {
      const { ask, watcher } = await watched(
        t,
        framework,
        (app) => app.get('/user', (_req, res) => void res.json({})),
        { sample: 0 },
      )
      await ask('/user')
      assert.deepEqual([watcher.report().checked, watcher.report().skipped], [0, 1])
    })

    test('takes the document from a function, and lets through what comes before it is made', async (t) => {
      let ready: (document: ApiDocument) => void = () => undefined
      const made = new Promise<ApiDocument>((resolve) => {
        ready = resolve
      })
      const register = (app: ReturnType<Framework>): void => {
        app.get('/user', (_req, res) => void res.json({}))
      }
      const { ask, told, watcher } = await watched(t, framework, register, {}, () => made)
      await ask('/user')
      assert.deepEqual([told.length, watcher.report().skipped], [0, 1])
      ready(DOCUMENT)
      await ask('/user')
      assert.equal(told.length, 1)
    })

    test('does not check an answer that was cut off', async (t) => {
      const { origin, watcher } = await watched(t, framework, (app) =>
        app.get('/user', (_req, res) => {
          res.type('json').write('{"id":')
        }),
      )
      const cut = request(`${origin}/user`).end()
      const [response] = await once(cut, 'response')
      response.on('error', () => undefined)
      cut.on('error', () => undefined)
      cut.destroy()
      await setTimeout(50)
      assert.equal(watcher.report().checked, 0)
    })

    test('answers as ever when the document can not be made, or what it tells throws', async (t) => {
      const warnings: (string | undefined)[] = []
      const listen = (warning: Error & { code?: string }): void => void warnings.push(warning.code)
      process.on('warning', listen)
      t.after(() => process.off('warning', listen))
      const register = (app: ReturnType<Framework>): void => {
        app.get('/user', (_req, res) => void res.json({}))
      }
      const broken = (): ApiDocument => {
        throw new Error('no document')
      }
      const throwing = (): void => {
        throw new Error('no log')
      }
      const one = await watched(t, framework, register, {}, broken)
      const other = await watched(t, framework, register, { onDrift: throwing })
      assert.equal((await one.ask('/user')).status, 200)
      assert.equal((await other.ask('/user')).status, 200)
      await setTimeout(10)
      assert.deepEqual(warnings, ['NOZOMI_SCHEMA_DRIFT_CHECK', 'NOZOMI_SCHEMA_DRIFT_CHECK'])
    })
  })
}

test('drift looks at what turbo sends and takes', async (t) => {
  const told: DriftFinding[] = []
  const { framework } = FRAMEWORKS[0]!
  const app = framework()
  app.use(drift(DOCUMENT, { onDrift: (finding) => void told.push(finding) }))
  app.get('/user', (_req, res) => void res.json({ id: 'seven' }))
  app.post('/user', framework.json(), (_req, res) => void res.json({ id: 7 }))
  const server = app.listen({ server: 'turbo', port: 0, host: '127.0.0.1' })
  await once(server, 'listening')
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/user`
  assert.deepEqual(await (await fetch(url)).json(), { id: 'seven' })
  const headers = { 'content-type': 'application/json' }
  assert.deepEqual(await (await fetch(url, { method: 'POST', headers, body: '{}' })).json(), { id: 7 })
  for (let rounds = 0; rounds < 200 && told.length < 2; rounds++) await setTimeout(5)
  assert.deepEqual(
    told.map(({ kind }) => kind),
    ['response-body', 'request-body'],
  )
})

const OF_APPLICATION = /; give its document: drift\(\(\) => openapiDocument\(app, /u

/** What is wrong, where it is, and how the message ends. */
const REFUSED: readonly (readonly [string, unknown, unknown, string, RegExp])[] = [
  ['an application', FRAMEWORKS[0]!.framework(), {}, 'document: is an application', OF_APPLICATION],
  ['one of Express', FRAMEWORKS[1]!.framework(), {}, 'document: is an application', OF_APPLICATION],
  ['a router', FRAMEWORKS[0]!.framework.Router(), {}, 'document: is a router', OF_APPLICATION],
  [
    'middleware',
    function page(_req: unknown, _res: unknown) {},
    {},
    'document: is middleware: the function page',
    OF_APPLICATION,
  ],
  [
    'nothing',
    undefined,
    {},
    'document: is undefined',
    /; give a document of OpenAPI 3\.1 or 3\.2, or a function/u,
  ],
  [
    'a file',
    './package.json',
    {},
    `document: is './package.json', the path of the file ${resolve('package.json')} (a relative path begins at the working directory)`,
    /; read it: drift\(\(\) => readDocument\('\.\/package\.json'\)\)/u,
  ],
  [
    'a file that there is not',
    'openapi.json',
    {},
    `document: is 'openapi.json', and there is no file ${resolve('openapi.json')} (a relative path begins`,
    /; read it: drift\(\(\) => readDocument\(file\)\), .* new URL\('openapi\.json', import\.meta\.url\)$/u,
  ],
  [
    'an absolute path of no file',
    '/nowhere/openapi.json',
    {},
    "document: is '/nowhere/openapi.json', and there is no file",
    /; read it: drift\(\(\) => readDocument\(file\)\), by readDocument of @nozomi\/schema\/fuzz$/u,
  ],
  [
    'the URL of a document',
    new URL('https://example.com/openapi.json'),
    {},
    'document: is the URL https://example.com/openapi.json',
    /; read it: drift\(\(\) => readDocument\(url\)\)/u,
  ],
  [
    'the text of a document',
    '{ "openapi": "3.1.0" }',
    {},
    'document: is a text of JSON',
    /; parse it: drift\(JSON\.parse\(text\)\)$/u,
  ],
  [
    'a promise',
    Promise.resolve(DOCUMENT),
    {},
    'document: is a promise',
    /; give a function that returns it/u,
  ],
  [
    'a document of another version',
    { openapi: '3.0.0' },
    {},
    "document: is of OpenAPI '3.0.0'",
    /; give a document of OpenAPI 3\.1 or 3\.2/u,
  ],
  [
    'options in place of the document',
    { sample: 1 },
    {},
    'document: is an object with sample',
    /; give a document of OpenAPI 3\.1/u,
  ],
  [
    'a list of options',
    DOCUMENT,
    [],
    'options: is a list',
    /; give an object with the members onDrift, sample, /u,
  ],
  ['no options', DOCUMENT, null, 'options: is null', /; give an object/u],
  [
    'an option misspelt',
    DOCUMENT,
    { smaple: 0.5 },
    'options.smaple: there is no such member',
    /; `sample`\?$/u,
  ],
  [
    'a part that is none',
    DOCUMENT,
    { sample: 50 },
    'options.sample: is 50',
    /; it is a number from 0 to 1$/u,
  ],
  [
    'a listener that is none',
    DOCUMENT,
    { onDrift: 'log' },
    "options.onDrift: is 'log'",
    /; it is a function/u,
  ],
  [
    'a size as text',
    DOCUMENT,
    { maxBodyBytes: '1mb' },
    "options.maxBodyBytes: is '1mb'",
    /; it is a whole number/u,
  ],
  [
    'a path on its own',
    DOCUMENT,
    { ignore: '/docs' },
    "options.ignore: is '/docs'",
    /; it is a list of paths/u,
  ],
  [
    'a path without a slash',
    DOCUMENT,
    { ignore: ['docs'] },
    'options.ignore: is a list',
    /; it is a list of paths/u,
  ],
  [
    'a text for a switch',
    DOCUMENT,
    { requests: 'no' },
    "options.requests: is 'no'",
    /; it is true or false$/u,
  ],
  [
    'a count below 1',
    DOCUMENT,
    { maxFindings: 0 },
    'options.maxFindings: is 0',
    /; it is a whole number from 1$/u,
  ],
]

describe('drift refuses, when it is registered,', () => {
  for (const [name, document, options, wrong, right] of REFUSED) {
    test(name, () => {
      const refused = (error: unknown): boolean => {
        assert.ok(error instanceof ContractError)
        assert.equal(error.code, 'NOZOMI_SCHEMA_CONTRACT')
        assert.ok(error.message.startsWith(`drift(): ${wrong}`), error.message)
        assert.match(error.message, right)
        return true
      }
      assert.throws(() => drift(document as ApiDocument, options as DriftOptions), refused)
    })
  }
})
