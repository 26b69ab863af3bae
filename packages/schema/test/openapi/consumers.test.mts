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
import { type OpenApiDocument, openapiDocument, openapiOptionsOf } from '#dist/index.js'
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
})
