import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import { routesText } from './two-hundred-routes.mjs'

/*
 * What `handlers.types.mts` says of Nozomi is compiled anew: on stock Express, and by the TypeScript 5 that many projects have. So is
 * what the types of clients say.
 */

const require = createRequire(import.meta.url)
const run = promisify(execFile)
const packageRoot = dirname(require.resolve('@nozomi/schema/package.json'))
const compilers = {
  'TypeScript 7': join(
    dirname(createRequire(join(packageRoot, '../..', 'x')).resolve('typescript/package.json')),
    'bin/tsc',
  ),
  'TypeScript 5': join(
    dirname(createRequire(join(packageRoot, 'x')).resolve('typescript/package.json')),
    'bin/tsc',
  ),
}
let folder: string

before(async () => {
  folder = await mkdtemp(join(packageRoot, 'build', 'types-'))
})
after(() => rm(folder, { recursive: true }))

/** What the compiler says of texts, each a module: nothing, when all is well. */
async function compile(
  compiler: string,
  texts: readonly string[],
  more: string[] = [],
  inside = folder,
): Promise<string> {
  const project = await mkdtemp(join(inside, 'project-'))
  const files = texts.map((_, i) => `module-${i}.mts`)
  for (const [i, file] of files.entries()) await writeFile(join(project, file), texts[i] as string)
  const compilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: 'es2023',
    module: 'nodenext',
    types: ['node'],
  }
  await writeFile(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }))
  const ended: { stdout: string } = await run(process.execPath, [compiler, '-p', project, ...more]).catch(
    (error) => error,
  )
  return ended.stdout
}

const onNozomi = await readFile(join(packageRoot, 'test/types/handlers.types.mts'), 'utf8')
const contracts = await readFile(join(packageRoot, 'test/types/contracts.types.mts'), 'utf8')
const [onExpress, contractsOnExpress] = [onNozomi, contracts].map((text) =>
  text.replace(/ from 'nozomi'$/m, " from 'express'"),
) as [string, string]

for (const [name, compiler] of Object.entries(compilers)) {
  test(`${name}: handlers are typed on Nozomi and on stock Express`, async () => {
    assert.notEqual(onExpress, onNozomi)
    assert.equal(await compile(compiler, [onNozomi, onExpress]), '')
  })

  test(`${name}: contracts that can not be meant are refused, and no other is`, async () => {
    assert.notEqual(contractsOnExpress, contracts)
    assert.equal(await compile(compiler, [contracts, contractsOnExpress]), '')
  })

  test(`${name}: clients are typed by applications, and by documents`, async () => {
    const texts = ['app', 'openapi', 'whole'].map((one) =>
      readFile(join(packageRoot, `test/client/${one}.types.mts`), 'utf8'),
    )
    assert.equal(await compile(compiler, await Promise.all(texts)), '')
  })
}

test('who writes a wrong contract reads why', async () => {
  const said = await compile(compilers['TypeScript 7'], [
    contracts.replaceAll(/^ *\/\/ @ts-expect-error.*$/gm, ''),
  ])
  for (const why of [
    /Not<"this is a schema, and no contract: name the part that it is of, as in { body: schema }">/,
    /'parms' does not exist in type 'Contract'\. Did you mean to write 'params'\?/,
    /Not<"a contract has no such member">/,
    /Not<"this is no status: keys are statuses, ranges like '4XX', and 'default'">/,
    /Property '"4004: this is no status: /,
    /Not<"an answer has no such member">/,
    /Not<"this is no media type: write it like application\/json">/,
    /Property '"csv: this is no media type: /,
    /'ZodString' is not assignable to type 'ZodString & Not<"the values come as an object, by name: z\.object\({ … }\)">'/,
    /Not<"a rule of files has no such member">/,
    /Not<"the name has to begin with x-">/,
    /"give one version at least"/,
  ]) {
    assert.match(said, why)
  }
})

test('a wrong answer is refused on stock Express', async () => {
  const wrong = onExpress.replace("json({ title: 'none' })", 'json({ titel: 1 })')
  assert.match(await compile(compilers['TypeScript 7'], [wrong]), /titel/)
})

test('two hundred routes take less than one and a half times the instantiations of the same schemas read by hand', async () => {
  const [typed, byHand] = await Promise.all(
    (['typed', 'by hand'] as const).map(async (kind) => {
      const said = await compile(compilers['TypeScript 7'], [routesText(kind)], ['--extendedDiagnostics'])
      assert.doesNotMatch(said, /error/)
      return Number(/Instantiations:\s+(\d+)/.exec(said)?.[1])
    }),
  )
  assert.ok(typed! > 0 && typed! < 1.5 * byHand!, `${typed} instantiations, by hand ${byHand}`)
})

test('an application that is exported, with its steps and versions, has declarations', async (t) => {
  // In a folder of its own: within this package every file of it can be named.
  const apart = await mkdtemp(join(tmpdir(), 'nozomi-declarations-'))
  t.after(() => rm(apart, { recursive: true }))
  await symlink(join(packageRoot, '../../node_modules'), join(apart, 'node_modules'), 'junction')
  const exporting = `
    import { createMiddleware, validate, version, versions } from '@nozomi/schema'
    import nozomi from 'nozomi'
    import { z } from 'zod'
    export const requireUser = createMiddleware<{ user: string }>((_req, _res, next) => next())
    export const readUser = validate({ params: z.object({ id: z.number() }) })
    export const router = nozomi
      .Router()
      .use(requireUser)
      .get('/:id', validate({ params: z.object({ id: z.number() }), response: { 200: z.string() } }), (req, res) => {
        res.json(req.user)
      })
    export const all = versions([version('v1', router), version('v2', router)])
    export const app = nozomi().use('/users', router).use('/api', all)`
  assert.equal(await compile(compilers['TypeScript 7'], [exporting], ['--declaration'], apart), '')
})
