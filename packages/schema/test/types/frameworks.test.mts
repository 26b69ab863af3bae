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

/** What the compiler says of texts, each a module. It must have run: what it says of errors is all that may be wrong. */
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
  const { code, stdout, stderr } = await run(process.execPath, [compiler, '-p', project, ...more]).then(
    (said) => ({ code: 0, ...said }),
    (error: { code: unknown; stdout: string; stderr: string }) => error,
  )
  assert.equal(stderr, '', compiler)
  assert.equal(code === 0, !/\berror TS\d+:/.test(stdout), `${compiler} ended with ${code}: ${stdout}`)
  return stdout
}

const onNozomi = await readFile(join(packageRoot, 'test/types/handlers.types.mts'), 'utf8')
const contracts = await readFile(join(packageRoot, 'test/types/contracts.types.mts'), 'utf8')
const [onExpress, contractsOnExpress] = [onNozomi, contracts].map((text) =>
  text.replace(/ from 'nozomi'$/m, " from 'express'"),
) as [string, string]

const ofClients = Promise.all(
  ['app', 'openapi', 'whole'].map((one) =>
    readFile(join(packageRoot, `test/client/${one}.types.mts`), 'utf8'),
  ),
)

for (const [name, compiler] of Object.entries(compilers)) {
  test(`${name}: handlers are typed on Nozomi and on stock Express`, async () => {
    assert.notEqual(onExpress, onNozomi)
    assert.equal(await compile(compiler, [onNozomi, onExpress]), '')
  })

  test(`${name}: contracts that can not be meant are refused, and no other is`, async () => {
    assert.notEqual(contractsOnExpress, contracts)
    assert.equal(await compile(compiler, [contracts, contractsOnExpress]), '')
  })

  test(`${name}: what is wrong in them is refused, on both`, async () => {
    const wrong = [onNozomi, onExpress].map((text) =>
      text.replace("json({ title: 'none' })", 'json({ titel: 1 })'),
    )
    const said = await compile(compiler, wrong)
    assert.match(said, /module-0\.mts\(\d+,\d+\): error TS\d+: .*'titel'/)
    assert.match(said, /module-1\.mts\(\d+,\d+\): error TS\d+: .*'titel'/)
  })

  test(`${name}: clients are typed by applications, and by documents`, async () => {
    assert.equal(await compile(compiler, await ofClients), '')
  })

  test(`${name}: what is wrong in clients is refused`, async () => {
    const [app, openapi, whole] = await ofClients
    const wrong = [app, openapi, whole].map((text) => text!.replace('// @ts-expect-error', '//'))
    const said = await compile(compiler, wrong)
    for (const i of wrong.keys()) assert.match(said, new RegExp(`module-${i}\\.mts\\(\\d+,\\d+\\): error`))
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

test('a compiler that does not start fails the tests', async () => {
  await assert.rejects(compile(join(folder, 'none'), ['']), /Cannot find module/)
})

/*
 * Time is measured by `bench/types.mjs`, on a machine with nothing else to do (docs/reference/schema.md, "What they cost"). Here it is bounded by
 * what it comes from, which are counts, and the same in each run: that time is of 5.7 times the instantiations of untyped routes and 1.4 times those of
 * schemas read by hand, and of 1.6 and 1.1 times their symbols. Members of lists are what makes symbols unnoticed: a tuple to compare, a rest parameter.
 */
test('two hundred routes take few instantiations and symbols more than the same routes untyped, and the same schemas read by hand', async () => {
  const countsOf = async (kind: 'typed' | 'by hand' | 'untyped') => {
    const flags = ['--extendedDiagnostics', '--singleThreaded']
    const said = await compile(compilers['TypeScript 7'], [routesText(kind)], flags)
    assert.doesNotMatch(said, /error/)
    const countOf = (what: string) => Number(new RegExp(`${what}:\\s+(\\d+)`).exec(said)?.[1])
    return { instantiations: countOf('Instantiations'), symbols: countOf('Symbols') }
  }
  const typed = await countsOf('typed')
  const byHand = await countsOf('by hand')
  const untyped = await countsOf('untyped')
  const told = JSON.stringify({ typed, byHand, untyped })
  assert.ok(typed.instantiations > 0 && typed.instantiations < 1.5 * byHand.instantiations, told)
  assert.ok(typed.instantiations < 6 * untyped.instantiations, told)
  assert.ok(typed.symbols > 0 && typed.symbols < 1.15 * byHand.symbols, told)
  assert.ok(typed.symbols < 1.75 * untyped.symbols, told)
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
