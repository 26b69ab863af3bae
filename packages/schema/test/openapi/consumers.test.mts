import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { describe, test, type TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { Validator } from '@seriousme/openapi-schema-validator'
import openapiTS, { astToString } from 'openapi-typescript'
import { z } from 'zod'
import { type OpenApiDocument, openapiDocument, openapiOptionsOf, validate } from '#dist/index.js'
import { FRAMEWORKS } from '../support/frameworks.mjs'
import { createLibrary } from './support/library.mjs'

const require = createRequire(import.meta.url)
const PACKAGE = fileURLToPath(new URL('../../../', import.meta.url))
const run = promisify(execFile)

function documentOf(app: ReturnType<typeof createLibrary>): OpenApiDocument {
  const options = openapiOptionsOf(app)
  assert.ok(options)
  return openapiDocument(app, options)
}

/** Gives what the compiler says of a file; empty when nothing. */
async function complaintsOf(t: TestContext, source: string): Promise<string> {
  const folder = await mkdtemp(join(PACKAGE, 'build', 'types-'))
  t.after(async () => await rm(folder, { recursive: true }))
  await writeFile(join(folder, 'types.ts'), source)
  const compilerOptions = { noEmit: true, strict: true, target: 'es2022', module: 'nodenext', types: [] }
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions }))
  const compiler = join(dirname(require.resolve('typescript/package.json')), 'bin', 'tsc')
  try {
    await run(process.execPath, [compiler, '-p', folder])
    return ''
  } catch (error) {
    return String((error as { stdout?: unknown }).stdout)
  }
}

for (const { name, framework } of FRAMEWORKS) {
  describe(`the document of a library on ${name}`, () => {
    test('is valid OpenAPI 3.1', async () => {
      const document = documentOf(createLibrary(framework))
      const validator = new Validator()
      assert.deepEqual(await validator.validate(structuredClone(document) as never), { valid: true })
      assert.equal(validator.version, '3.1')
      assert.ok(Object.keys(document.paths).length >= 10)
    })

    test('would not be valid with what is wrong', async () => {
      const { paths } = documentOf(createLibrary(framework))
      const wrong = { openapi: '3.1.1', info: { title: 'No version' }, paths: structuredClone(paths) }
      assert.equal((await new Validator().validate(wrong as never)).valid, false)
    })

    test('has no reference that leads nowhere, and no component that nobody refers to', () => {
      const document = documentOf(createLibrary(framework))
      const references = new Set(
        [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/(\w+)\/([^"]*)"/g)].map(
          ([, kind, component]) => `${kind}/${component}`,
        ),
      )
      const { schemas = {}, responses = {} } = document.components ?? {}
      const components = [
        ...Object.keys(schemas).map((one) => `schemas/${one}`),
        ...Object.keys(responses).map((one) => `responses/${one}`),
      ]
      assert.deepEqual([...references].toSorted(), components.toSorted())
      assert.deepEqual(Object.keys(schemas), ['Author', 'Book', 'NewBook', 'Problem', 'Shelf'])
    })
  })
}

describe('the document of a library', () => {
  const [{ framework: nozomi }, { framework: express }] = FRAMEWORKS as unknown as [
    (typeof FRAMEWORKS)[number],
    (typeof FRAMEWORKS)[number],
  ]

  test('is the same on both frameworks', () => {
    assert.deepEqual(documentOf(createLibrary(nozomi)), documentOf(createLibrary(express)))
  })

  test('becomes types by openapi-typescript that compile, and say what the routes say', async (t) => {
    const document = documentOf(createLibrary(nozomi))
    const types = astToString(await openapiTS(structuredClone(document) as never))
    const use = `
      type Listed = paths['/books']['get']
      const query: NonNullable<Listed['parameters']['query']> = { page: 1, tag: ['a'], filter: { from: 1 } }
      const book = {} as Listed['responses'][200]['content']['application/json'][number]
      const price: number | null = book.price
      const id: paths['/books/{id}']['get']['parameters']['path']['id'] = 7
      const name: string = book.author.name
      const issues = ({} as components['schemas']['Problem']).issues?.[0]?.message
      const cover = {} as paths['/books/{id}/cover']['post']['requestBody']
      const shelf = ({} as components['schemas']['Shelf']).shelves[0]?.shelves[0]?.name
      const mail: NonNullable<paths['/ev']['post']['requestBody']>['content']['application/json']['email'] = 'a@b.c'
      // @ts-expect-error a number, as the schema says
      const wrong: paths['/books/{id}']['get']['parameters']['path']['id'] = 'seven'
      void [query, price, id, name, issues, cover, shelf, mail, wrong]`
    assert.equal(await complaintsOf(t, types + use), '')
    assert.match(await complaintsOf(t, `${types}\nconst wrong: paths['/nowhere'] = 1`), /nowhere/)
  })

  test('becomes types for a client, as `nozomi openapi --types` writes them', async (t) => {
    const app = createLibrary(nozomi)
    const Report = z.object({ sold: z.int(), at: z.date() })
    const guard = validate({ response: { 401: z.object({ title: z.string() }) } })
    const report = validate({
      query: z.object({ year: z.number() }),
      response: {
        200: { content: { 'application/json': Report, 'text/csv': z.string(), 'application/pdf': null } },
      },
    })
    app.get('/report', guard, report, (_req, res) => void res.type('csv').send('1'))
    const types = astToString(await openapiTS(structuredClone(documentOf(app)) as never))
    const use = `
      import { createClient } from '@nozomi/schema/client'
      const client = createClient<paths>({ baseUrl: 'http://localhost' })
      export async function ask() {
        const one = await client.get('/books/{id}', { params: { id: 7 } })
        if (one.ok) { const [name, price, added]: [string, number | null, string] = [one.data.author.name, one.data.price, one.data.added] }
        if (one.status === 404) one.data satisfies undefined
        const list = await client.get('/books', { query: { page: 1, tag: ['a'], filter: { from: 1 } } })
        if (list.ok) list.data[0]?.title satisfies string | undefined
        const made = await client.post('/books', { body: { ...({} as components['schemas']['NewBook']) } })
        if (made.status === 201) made.data.id satisfies number
        if (made.status === 409) made.data.message satisfies string
        await client.post('/books/{id}/cover', { params: { id: '7' }, body: new FormData() })
        const report = await client.get('/report', { query: { year: 2026 } })
        if (report.ok) {
          const data: string | Blob | { sold: number, at: string } = report.data
          if (typeof report.data === 'object' && 'sold' in report.data) report.data.at satisfies string
        }
        if (report.status === 401) report.data.title satisfies string
        // @ts-expect-error the year is required
        await client.get('/report')
        // @ts-expect-error a number
        await client.get('/report', { query: { year: 'x' } })
        // @ts-expect-error no such path
        await client.get('/reports')
        // @ts-expect-error no such member
        if (one.ok) one.data.autor
        // @ts-expect-error a body is required
        await client.post('/books')
      }`
    assert.equal(await complaintsOf(t, types + use), '')
  })
})
