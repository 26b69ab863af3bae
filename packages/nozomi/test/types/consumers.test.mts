import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'

/*
 * Projects as users have them: each is written into a folder that has the package installed, as `nozomi` and under
 * the alias `express`, and is compiled there.
 */

const require = createRequire(import.meta.url)
const compiler = join(dirname(require.resolve('typescript/package.json')), 'bin', 'tsc')
const packageRoot = dirname(require.resolve('nozomi/package.json'))
const nodeTypes = dirname(require.resolve('@types/node/package.json'))
const coreTypes = dirname(require.resolve('@types/express-serve-static-core/package.json'))
const run = promisify(execFile)
let folder: string

const options = { strict: true, noEmit: true, skipLibCheck: false, target: 'es2022', types: ['node'] }

/** What any program does, whatever way the package was imported. */
const program = `
  const app = express()
  const router: Router = Router({ mergeParams: true })
  const handler: express.RequestHandler<{ id: string }> = (req, res) => { res.send(req.params.id) }
  const named = (req: Request, res: Response) => { res.send(req.ip) }
  const qualified = (req: express.Request, res: express.Response, next: express.NextFunction) => next()
  app.use(express.json(), express.static('public'), router, new Router(), named, qualified)
  app.get('/users/:id', handler, (req, res) => {
    const id: string = req.params.id
    // @ts-expect-error the path has no such parameter
    res.json({ id, name: (req as Request<{ id: string }>).params.name })
  })
`

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nozomi-types-'))
  await mkdir(join(folder, 'node_modules', '@types'), { recursive: true })
  await symlink(packageRoot, join(folder, 'node_modules', 'nozomi'))
  await symlink(packageRoot, join(folder, 'node_modules', 'express'))
  await symlink(nodeTypes, join(folder, 'node_modules', '@types', 'node'))
  await symlink(coreTypes, join(folder, 'node_modules', '@types', 'express-serve-static-core'))
})

after(() => rm(folder, { recursive: true }))

/** What the compiler says about one file: nothing, when all is well. */
async function compile(file: string, compilerOptions: object, text: string): Promise<string> {
  const project = await mkdtemp(join(folder, 'project-'))
  await writeFile(join(project, file), text)
  await writeFile(
    join(project, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: { ...options, ...compilerOptions }, files: [file] }),
  )
  const ended: { stdout: string } = await run(process.execPath, [compiler, '-p', project]).catch(
    (error) => error,
  )
  return ended.stdout
}

const imports = `
  import express, { Router } from 'express'
  import type { Request, Response } from 'express'
`
const requires = `
  import express = require('express')
  import { Router, type Request, type Response } from 'express'
`

test('compiles in an ES module for node', async () => {
  assert.equal(await compile('main.mts', { module: 'nodenext' }, imports + program), '')
})

test('compiles in a CommonJS module for node, with import = require()', async () => {
  assert.equal(await compile('main.cts', { module: 'nodenext' }, requires + program), '')
})

test('compiles in a CommonJS module for node, with a default import', async () => {
  assert.equal(
    await compile('main.cts', { module: 'nodenext', esModuleInterop: true }, imports + program),
    '',
  )
})

test('compiles for a bundler', async () => {
  const forBundler = { module: 'esnext', moduleResolution: 'bundler' }
  assert.equal(await compile('main.ts', forBundler, imports + program), '')
})

test('has what a project declares for the module in its requests', async () => {
  const declared = `
    declare module 'express' { interface Request { mine?: string } }
    const usesMine = (req: express.Request, res: Response) => { res.send(req.mine) }
    app.get('/', usesMine)
  `
  assert.equal(await compile('main.mts', { module: 'nodenext' }, imports + program + declared), '')
  assert.equal(await compile('main.cts', { module: 'nodenext' }, requires + program + declared), '')
})

test('has what a project declares for the module of stock Express, in its requests, responses and applications', async () => {
  const declared = `
    declare module 'express-serve-static-core' {
      interface Request { correlationId: string }
      interface Response { problem(title: string): void }
      interface Application { stopping: boolean }
      interface Locals { csp: string }
    }
    const usesMine = (req: express.Request, res: Response) => { res.problem(req.correlationId) }
    app.get('/:id', usesMine, (req, res) => {
      const text: string = req.correlationId + req.params.id + res.locals.csp
      const stopping: boolean = req.app.stopping
      // @ts-expect-error nobody declared this
      res.json({ text, stopping, none: req.nosuch })
    })
  `
  assert.equal(await compile('main.mts', { module: 'node16' }, imports + program + declared), '')
  assert.equal(await compile('main.cts', { module: 'node16' }, requires + program + declared), '')
  const forBundler = { module: 'esnext', moduleResolution: 'bundler' }
  assert.equal(await compile('main.ts', forBundler, imports + program + declared), '')
})

const noneAdded = `
  app.get('/', (req, res) => {
    // @ts-expect-error nobody declared this
    const ofRequest = req.nosuch
    // @ts-expect-error nobody declared this
    const ofResponse = res.nosuch
    // @ts-expect-error nobody declared this
    const ofApplication = req.app.nosuch
  })
`

test('takes nothing from the module of stock Express but what was declared for it', async () => {
  const added = JSON.stringify(join(packageRoot, 'dist', 'types', 'core-augmentations.js'))
  const empty = `
    import type { AddedToApplication, AddedToRequest, AddedToResponse } from ${added}
    declare function one<T>(): T
    const ofRequests: never = one<keyof AddedToRequest<any, any, any, any, any>>()
    const ofResponses: never = one<keyof AddedToResponse<any, any, any>>()
    const ofApplications: never = one<keyof AddedToApplication<any>>()
    const ofLocals: never = one<keyof Locals>()
  `
  const locals = "import type { Locals } from 'express'"
  assert.equal(
    await compile('main.mts', { module: 'nodenext' }, imports + locals + program + noneAdded + empty),
    '',
  )
})

test('stays as strict where the types of stock Express are missing', async () => {
  const missing = { module: 'nodenext', preserveSymlinks: true, skipLibCheck: true }
  const core = join(folder, 'node_modules', '@types', 'express-serve-static-core')
  await rm(core)
  const found = await compile('main.mts', missing, imports + program + noneAdded)
  const asked = await compile('main.mts', missing, "import type {} from 'express-serve-static-core'")
  await symlink(coreTypes, core)
  assert.equal(found, '')
  assert.match(asked, /TS2307/)
})

test('says which parameter a path lacks', async () => {
  const wrong = `${imports} express().get('/users/:id', (req) => req.params.name)`
  assert.match(
    await compile('main.mts', { module: 'nodenext' }, wrong),
    /TS2339: Property 'name' does not exist on type '.*\{ id: string; \}.*'/,
  )
})
