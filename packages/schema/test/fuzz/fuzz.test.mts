import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { after, describe, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { type ApiDocument, problems, validate } from '@nozomi/schema'
import {
  formatFuzzReport,
  fuzz,
  FuzzError,
  type FuzzKind,
  type FuzzOptions,
  type FuzzReport,
  readDocument,
} from '@nozomi/schema/fuzz'
import multer from 'multer'
import { z } from 'zod'
import { FRAMEWORKS } from '../support/frameworks.mjs'
import { serving } from '../support/serving.mjs'
import { type Bugs, DOCUMENT, usersApp } from './support/users-app.mjs'

const SEED = 7

/** The kinds of a report's findings, each once. */
function kindsOf({ findings }: FuzzReport): FuzzKind[] {
  return [...new Set(findings.map(({ kind }) => kind))]
}

/** Each bug, and the one kind of finding that it is. */
const BUGS: readonly (readonly [string, FuzzKind, Bugs, Partial<FuzzOptions>?])[] = [
  [
    'throws for some that are valid',
    'server-error',
    {
      create: ({ age }) => {
        if (age > 100) throw new Error('too old')
        return false
      },
    },
  ],
  [
    'throws for a text with NUL',
    'server-error',
    {
      create: ({ name }) => {
        if (name.includes('\u0000')) throw new Error('no such text')
        return false
      },
    },
  ],
  [
    'throws for keys of prototypes',
    'server-error',
    {
      parsed: (body) => {
        if (Object.hasOwn(body as object, '__proto__')) throw new Error('polluted')
      },
    },
  ],
  [
    'throws for what is of another type',
    'server-error',
    { parsed: (body) => void (body as { name: string }).name.trim() },
  ],
  [
    'closes the connection',
    'no-answer',
    {
      create: ({ age }, req) => {
        if (age > 100) req.socket.destroy()
        return age > 100
      },
    },
  ],
  [
    'cuts its answer off',
    'no-answer',
    {
      create: ({ age }, req, res) => {
        if (age > 100)
          res
            .status(201)
            .type('json')
            .write('{', () => req.socket.destroy())
        return age > 100
      },
    },
  ],
  ['does not answer', 'hang', { create: ({ age }) => age > 100 }, { timeoutMs: 300 }],
  [
    'answers a status that is not declared',
    'outside-document',
    {
      create: ({ age }, _req, res) => {
        if (age > 100) res.sendStatus(409)
        return age > 100
      },
    },
  ],
  [
    'answers a body that is not as declared',
    'outside-document',
    {
      create: (user, _req, res) =>
        res
          .status(201)
          .location('/')
          .json({ ...user, id: 7 }),
    },
  ],
  [
    'answers another media type',
    'outside-document',
    { create: (_user, _req, res) => res.status(201).location('/').send('made') },
  ],
  [
    'leaves a declared field out',
    'outside-document',
    {
      create: (user, _req, res) =>
        res.status(201).json({ ...user, id: '00000000-0000-4000-8000-000000000000' }),
    },
  ],
  [
    'takes what is out of bounds',
    'accepted-invalid',
    {
      schema: {
        type: 'object',
        additionalProperties: false,
        required: ['name', 'age'],
        properties: {
          name: { type: 'string', minLength: 1 },
          age: { type: 'integer', minimum: 0 },
          tags: true,
        },
      },
      create: (user, _req, res) =>
        res
          .status(201)
          .location('/')
          .json({ name: 'a', age: 1, id: '00000000-0000-4000-8000-000000000000', tags: user.tags && [] }),
    },
  ],
  [
    'refuses some that are valid',
    'refused-valid',
    {
      create: ({ name }, _req, res) => {
        if (name.length < 5) return false
        res.status(400).type('application/problem+json').send('{"status":400}')
        return true
      },
    },
  ],
  [
    'throws for what is there only',
    'server-error',
    {
      show: () => {
        throw new Error('no such table')
      },
    },
  ],
]

for (const { name, framework } of FRAMEWORKS) {
  describe(`fuzz on ${name}`, () => {
    test('finds nothing where all is as the document says', async () => {
      const report = await fuzz({ target: usersApp(framework), document: DOCUMENT, seed: SEED })
      assert.deepEqual(report.findings, [], formatFuzzReport(report))
      assert.deepEqual(report.notes, [])
      assert.deepEqual(
        report.operations.map(({ operation }) => operation),
        ['POST /users', 'GET /users/{id}', 'DELETE /users/{id}'],
      )
      // It got beyond the checks of its inputs.
      const [created, shown, deleted] = report.operations
      assert.ok((created?.statuses['201'] ?? 0) > 20)
      assert.ok((shown?.statuses['200'] ?? 0) > 10)
      assert.ok((deleted?.statuses['204'] ?? 0) > 0)
      assert.match(formatFuzzReport(report), /^nothing found: \d+ requests to 3 operations, seed 7$/u)
    })

    for (const [bug, kind, bugs, options] of BUGS) {
      test(`finds ${kind} where the application ${bug}, and nothing else`, async () => {
        const target = usersApp(framework, bugs)
        const report = await fuzz({ target, document: DOCUMENT, seed: SEED, ...options })
        assert.deepEqual(kindsOf(report), [kind], formatFuzzReport(report))
      })
    }

    test('makes what it finds as small as it can', async () => {
      const target = usersApp(framework, BUGS[0]?.[2])
      const { findings } = await fuzz({ target, document: DOCUMENT, seed: SEED })
      const [finding] = findings
      const { name: text, ...rest } = JSON.parse(
        Buffer.from(finding?.request.body ?? []).toString(),
      ) as Record<string, string>
      assert.deepEqual(rest, { age: 101 })
      assert.equal(text?.length, 1)
      assert.equal(findings.length, 1)
      assert.equal(finding?.isReproducible, true)
    })

    test('does the same with the same seed', async () => {
      const run = async (seed: number): Promise<string> => {
        const report = await fuzz({
          target: usersApp(framework, BUGS[0]?.[2]),
          document: DOCUMENT,
          include: ['POST *'],
          seed,
        })
        return JSON.stringify(report)
      }
      assert.equal(await run(3), await run(3))
      assert.notEqual(await run(3), await run(4))
    })

    test('takes a URL, and the document that it serves', async (t) => {
      const app = usersApp(framework, BUGS[0]?.[2])
      app.get('/openapi.json', (_req: any, res: any) => res.json(DOCUMENT))
      const report = await fuzz({ target: await serving(t, app), seed: SEED })
      assert.deepEqual(kindsOf(report), ['server-error'])
    })

    test('makes the document of an application that serves none, and finds nothing where contracts are kept', async () => {
      const User = z.object({ id: z.int(), name: z.string().min(1).max(20), email: z.email().optional() })
      const Id = z.object({ id: z.int() })
      const users = new Map<number, object>()
      const app = framework()
      app.use(framework.json())
      app.post(
        '/users',
        validate({ body: User.omit({ id: true }), response: { 201: User } }),
        (req: any, res: any) => {
          const user = { ...req.body, id: users.size + 1 }
          users.set(user.id, user)
          res.status(201).json(user)
        },
      )
      app.get(
        '/users/:id',
        validate({ params: Id, response: { 200: User, 404: null } }),
        (req: any, res: any) => {
          const user = users.get(req.params.id)
          if (user) res.json(user)
          else res.status(404).end()
        },
      )
      app.use(problems())
      const report = await fuzz({ target: app, seed: SEED })
      assert.deepEqual(report.findings, [], formatFuzzReport(report))
      assert.deepEqual(
        report.operations.map(({ operation }) => operation),
        ['POST /users', 'GET /users/{id}'],
      )
      assert.ok((report.operations[1]?.statuses['200'] ?? 0) > 10)
    })

    test('finds the paths of the document under that of its server', async () => {
      const app = framework()
      app.use('/v1', usersApp(framework))
      const document = { ...DOCUMENT, servers: [{ url: 'https://example.com/v1' }] }
      const report = await fuzz({ target: app, document, seed: SEED })
      assert.deepEqual(report.findings, [], formatFuzzReport(report))
      assert.ok((report.operations[0]?.statuses['201'] ?? 0) > 20)
    })

    test('sends the fields that it is given, and writes them nowhere', async () => {
      const app = framework()
      app.use((req: any, res: any, next: any) =>
        req.get('authorization') === 'Bearer hush' ? next() : res.sendStatus(401),
      )
      app.use(usersApp(framework, BUGS[0]?.[2]))
      const without = await fuzz({ target: app, document: DOCUMENT, seed: SEED, runs: 5 })
      assert.match(without.notes.join('\n'), /POST \/users: nothing but 401: give credentials/u)
      const report = await fuzz({
        target: app,
        document: DOCUMENT,
        seed: SEED,
        headers: { Authorization: 'Bearer hush' },
      })
      assert.deepEqual(kindsOf(report), ['server-error'])
      assert.match(report.findings[0]?.curl ?? '', /-H "authorization: \$AUTHORIZATION"/u)
      assert.doesNotMatch(JSON.stringify(report) + formatFuzzReport(report), /hush/u)
    })

    test('calls the operations that it is told to', async () => {
      const called = async (options: Partial<FuzzOptions>): Promise<string[]> => {
        const report = await fuzz({
          target: usersApp(framework),
          document: DOCUMENT,
          runs: 2,
          seed: SEED,
          ...options,
        })
        return report.operations.map(({ operation }) => operation)
      }
      assert.deepEqual(await called({ include: ['createUser'] }), ['POST /users'])
      assert.deepEqual(await called({ include: ['/users/*'] }), ['GET /users/{id}', 'DELETE /users/{id}'])
      assert.deepEqual(await called({ exclude: [/^(?:POST|DELETE) /u] }), ['GET /users/{id}'])
      assert.deepEqual(await called({ unsafe: false }), ['GET /users/{id}'])
      const paths = {
        ...DOCUMENT.paths,
        '/log-in': { get: { responses: { default: { description: 'any' } } } },
      }
      assert.deepEqual(await called({ document: { ...DOCUMENT, paths }, include: ['GET /log-in'] }), [
        'GET /log-in',
      ])
    })

    test('fails where there is nothing to ask, and says why', async () => {
      const asked = (options: Partial<FuzzOptions>): Promise<unknown> =>
        fuzz({ target: usersApp(framework), document: DOCUMENT, runs: 2, seed: SEED, ...options })
      const saying =
        (message: RegExp) =>
        (error: unknown): boolean =>
          error instanceof FuzzError && message.test(error.message)
      await assert.rejects(
        asked({ document: { ...DOCUMENT, paths: {} } }),
        saying(/^There is nothing to ask: the document has no operation/u),
      )
      await assert.rejects(
        asked({ include: ['GET /userz'] }),
        saying(/: include and exclude leave none of the 3 operations .* such as '[A-Z]+ \/users/u),
      )
      await assert.rejects(
        asked({ include: ['createUser'], unsafe: false }),
        saying(/: each of the 1 operations changes something, .* \(unsafe\)$/u),
      )
      const never = {
        name: 'id',
        in: 'path',
        required: true,
        schema: { type: 'integer', minimum: 2, maximum: 1 },
      }
      const paths = {
        '/users/{id}': { get: { parameters: [never], responses: { default: { description: '' } } } },
      }
      await assert.rejects(
        asked({ document: { ...DOCUMENT, paths } as never }),
        saying(/^Nothing was asked\. GET \/users\/\{id\}: no input could be made/u),
      )
    })

    test('keeps within its requests', async () => {
      const report = await fuzz({
        target: usersApp(framework),
        document: DOCUMENT,
        maxRequests: 30,
        seed: SEED,
      })
      assert.equal(report.requests, 30)
      assert.match(report.notes.at(-1) ?? '', /^the run ended early: 30 requests were sent/u)
    })

    test('leaves out what the server accepts when it is told to', async () => {
      const bugs = BUGS.find(([, kind]) => kind === 'accepted-invalid')?.[2]
      const report = await fuzz({
        target: usersApp(framework, bugs),
        document: DOCUMENT,
        seed: SEED,
        refusals: false,
      })
      assert.deepEqual(report.findings, [])
    })

    test('fuzzes forms, fields, cookies and lists of the query', async () => {
      const report = await fuzz({ target: formsApp(framework), document: FORMS, seed: SEED })
      assert.deepEqual(report.findings, [], formatFuzzReport(report))
      for (const { operation, statuses } of report.operations)
        assert.ok((statuses['204'] ?? 0) > 20, operation)
    })

    test('works on several operations at once when it is told to', async () => {
      const target = usersApp(framework, BUGS[0]?.[2])
      const report = await fuzz({ target, document: DOCUMENT, seed: SEED, concurrency: 3 })
      assert.deepEqual(kindsOf(report), ['server-error'])
    })

    test('writes commands of curl that show what was found', async (t) => {
      if (spawnSync('curl', ['--version']).status !== 0) return t.skip('curl is not installed')
      for (const bug of [
        'throws for some that are valid',
        'throws for a text with NUL',
        'throws for keys of prototypes',
      ]) {
        const bugs = BUGS.find(([one]) => one === bug)?.[2]
        const origin = await serving(t, usersApp(framework, bugs))
        const { findings } = await fuzz({
          target: origin,
          document: DOCUMENT,
          seed: SEED,
          include: ['POST *'],
        })
        const curl = findings[0]?.curl ?? ''
        const output = await shell(curl)
        assert.match(output, /^HTTP\/1\.1 500 /u, `${curl}\n${output}`)
      }
      return undefined
    })
  })
}

async function shell(command: string): Promise<string> {
  const { execFile } = await import('node:child_process')
  return await new Promise((done) => {
    execFile('sh', ['-c', command], (_error, stdout) => done(stdout))
  })
}

const NOTHING = { 204: { description: 'taken' }, 400: { description: 'refused' } }
const FORM = {
  type: 'object',
  required: ['name', 'age'],
  properties: {
    name: { type: 'string', minLength: 1 },
    age: { type: 'integer', minimum: 0, maximum: 9 },
    tags: { type: 'array', items: { enum: ['a', 'b'] }, maxItems: 2 },
  },
}

const FORMS: ApiDocument = {
  openapi: '3.1.0',
  paths: {
    '/form': {
      post: {
        requestBody: { required: true, content: { 'application/x-www-form-urlencoded': { schema: FORM } } },
        responses: NOTHING,
      },
    },
    '/upload': {
      post: {
        requestBody: {
          required: true,
          content: {
            'multipart/form-data': {
              schema: {
                ...FORM,
                required: ['name', 'age', 'file'],
                properties: { ...FORM.properties, file: { type: 'string', format: 'binary' } },
              },
            },
          },
        },
        responses: NOTHING,
      },
    },
    '/search': {
      get: {
        parameters: [
          { name: 'X-Tenant', in: 'header', required: true, schema: { enum: ['a', 'b'] } },
          {
            name: 'session',
            in: 'cookie',
            required: true,
            schema: { type: 'string', pattern: '^[a-z]{4}$' },
          },
          { name: 'tags', in: 'query', schema: { type: 'array', items: { enum: ['x', 'y'] } } },
          {
            name: 'where',
            in: 'query',
            style: 'deepObject',
            schema: { type: 'object', properties: { age: { type: 'integer' } }, additionalProperties: false },
          },
        ],
        responses: NOTHING,
      },
    },
  },
}

/** Checks by hand what `FORMS` says. */
function formsApp(framework: (typeof FRAMEWORKS)[number]['framework']): ReturnType<typeof usersApp> {
  const app = framework()
  app.set('query parser', 'extended')
  const settle = (res: any, isValid: boolean): void => void res.status(isValid ? 204 : 400).end()
  const isForm = ({ name, age, tags = [] }: Record<string, any> = {}): boolean =>
    typeof name === 'string' &&
    name !== '' &&
    typeof age === 'string' &&
    /^\d$/u.test(age) &&
    [tags].flat().length <= 2 &&
    [tags].flat().every((tag) => tag === 'a' || tag === 'b')
  app.post('/form', framework.urlencoded({ extended: true }), (req: any, res: any) =>
    settle(res, isForm(req.body)),
  )
  app.post('/upload', multer().single('file'), (req: any, res: any) =>
    settle(res, Boolean(req.file) && isForm(req.body)),
  )
  app.get('/search', (req: any, res: any) => {
    const { tags = [], where = {} } = req.query
    const isTenant = ['a', 'b'].includes(req.get('x-tenant'))
    const hasSession = /(?:^|; )session=[a-z]{4}(?:;|$)/u.test(req.get('cookie') ?? '')
    const isWhere = Object.entries(where).every(([key, age]) => key === 'age' && /^-?\d+$/u.test(String(age)))
    const areTags = [tags].flat().every((tag: unknown) => tag === 'x' || tag === 'y')
    settle(res, isTenant && hasSession && isWhere && areTags)
  })
  app.use((_error: any, _req: any, res: any, _next: any) => settle(res, false))
  return app
}

test('fuzz notes an operation whose inputs it can not make, and goes on with the others', async () => {
  const broken = (schema: object): object => ({
    get: { parameters: [{ name: 'q', in: 'query', required: true, schema }], responses: {} },
  })
  const document = {
    ...DOCUMENT,
    paths: {
      ...DOCUMENT.paths,
      '/one': broken({ $ref: '#/components/schemas/Nowhere' }),
      '/two': broken({ type: 'string', pattern: '(' }),
      '/three': broken({ type: 'integer', minimum: 2, maximum: 1 }),
    },
  }
  const report = await fuzz({ target: usersApp(FRAMEWORKS[0]!.framework), document, seed: SEED, runs: 5 })
  assert.deepEqual(report.findings, [])
  assert.equal(report.notes.length, 3, report.notes.join('\n'))
  for (const path of ['/one', '/two', '/three'])
    assert.ok(report.notes.some((note) => note.startsWith(`GET ${path}: no input`)))
  assert.ok((report.operations.find(({ operation }) => operation === 'POST /users')?.requests ?? 0) > 5)
})

test('fuzz refuses what it can not mean', async () => {
  const target = usersApp(FRAMEWORKS[0]!.framework)
  await assert.rejects(
    fuzz({ target, document: DOCUMENT, runs: 0 }),
    /runs must be a whole number from 1 on, not 0/u,
  )
  await assert.rejects(fuzz({ target, document: { openapi: '3.0.0' } }), /must be OpenAPI 3\.1/u)
  await assert.rejects(fuzz({ target: 'ftp://localhost' }), /must be an application or a URL of HTTP/u)
  const listener = (_req: unknown, res: any): void => void res.writeHead(404).end()
  await assert.rejects(fuzz({ target: listener }), /answers 404 at \/openapi\.json: give the document/u)
  await assert.rejects(
    fuzz({ target: 'http://127.0.0.1:9', document: DOCUMENT }),
    /Nothing listens at the target/u,
  )
})

describe('readDocument', () => {
  test('reads a file by its path, and by its URL', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'nozomi-document-'))
    after(() => rm(folder, { recursive: true }))
    const file = join(folder, 'openapi.json')
    await writeFile(file, JSON.stringify(DOCUMENT))
    assert.deepEqual(await readDocument(file), DOCUMENT)
    assert.deepEqual(await readDocument(pathToFileURL(file)), DOCUMENT)
    assert.deepEqual(await readDocument(relative('.', file)), DOCUMENT)
  })

  test('says where it looked for a file that there is not', async () => {
    const refused = (source: string | URL, message: string): Promise<void> =>
      assert.rejects(readDocument(source), { name: 'FuzzError', message })
    await refused(
      'nowhere.json',
      `nowhere.json can't be read: there is no file ${resolve('nowhere.json')} (a relative path begins at the working directory); give an absolute path, or new URL('nowhere.json', import.meta.url)`,
    )
    await refused(resolve('nowhere.json'), `${resolve('nowhere.json')} can't be read: there is no such file`)
  })
})
