import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Example } from './example.mjs'
import { ROOT } from './markdown.mjs'

/*
 * The projects of the examples: folders as a reader would make them, in which the packages are installed that the
 * programs ask for. The framework is there twice, as `nozomi` and under the alias `express`; Express itself is
 * `stock-express`.
 */

const require = createRequire(import.meta.url)
const FRAMEWORK = join(ROOT, 'packages/nozomi')
const COMPILER = join(dirname(require.resolve('typescript/package.json')), 'bin/tsc')
const ECOSYSTEM = join(ROOT, 'conformance/ecosystem')

/** Where packages of others are found: here, or among those of the ecosystem tests, which are installed apart. */
const STORES = [join(ROOT, 'node_modules'), join(ECOSYSTEM, 'node_modules')]

const COMPILER_OPTIONS = {
  target: 'es2023',
  lib: ['es2023'],
  module: 'nodenext',
  moduleResolution: 'nodenext',
  types: ['node'],
  strict: true,
  noUncheckedIndexedAccess: true,
  experimentalDecorators: true,
  emitDecoratorMetadata: true,
  skipLibCheck: true,
  sourceMap: true,
}

/** A folder, and the file in it that is run. */
export interface Project {
  folder: string
  main: string
}

/** A folder for the projects of one run of the tests. */
export class Workbench {
  readonly #folder: string
  readonly #installed: Set<string>
  #projects: number

  constructor() {
    this.#folder = mkdtempSync(join(tmpdir(), 'nozomi-docs-'))
    this.#installed = new Set()
    this.#projects = 0
    this.#link('nozomi', FRAMEWORK)
    this.#link('express', FRAMEWORK)
    this.#link('stock-express', join(ROOT, 'node_modules/express'))
    this.#link('@types/stock-express', join(ROOT, 'node_modules/@types/express'))
    this.#install('@types/node')
  }

  /**
   * Finds the packages of all examples. To be called before one runs: those of the ecosystem may have to be installed first,
   * which takes longer than any example is waited for.
   */
  prepare(examples: readonly Example[]): void {
    for (const name of examples.flatMap((example) => [...packagesOf(example)])) this.#install(name)
  }

  /** Writes and compiles the project of an example. */
  async create(example: Example): Promise<Project> {
    const folder = join(this.#folder, `project-${this.#projects++}`)
    for (const [path, text] of [['package.json', '{ "type": "module" }'], ...example.files] as const) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    await compile(folder, [...example.files.keys()])
    return { folder, main: example.main.replace(/\.([cm]?)ts$/, '.$1js') }
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true })
  }

  /** Links a package, and the types that others declare for it. */
  #install(name: string): void {
    if (this.#installed.has(name)) return
    if (!STORES.some((store) => existsSync(join(store, name)))) installEcosystem()
    const types = name.startsWith('@') ? [] : [`@types/${name}`]
    for (const one of [name, ...types]) {
      const store = STORES.find((folder) => existsSync(join(folder, one)))
      if (store !== undefined && !this.#installed.has(one)) this.#link(one, join(store, one))
      else if (one === name) throw new Error(`${name} is no dependency of the ecosystem tests`)
    }
  }

  #link(name: string, target: string): void {
    const link = join(this.#folder, 'node_modules', name)
    mkdirSync(dirname(link), { recursive: true })
    symlinkSync(target, link, 'junction')
    this.#installed.add(name)
  }
}

/** `import x from 'name'`, `import 'name'`, `require('name')`, `import('name')`; not relative ones. */
const IMPORT =
  /(?:^(?:import|export)\b[^'"=(]*?(?:\bfrom )?|\brequire\(|\bimport\()['"]([\w@][\w@./:-]*)['"]/gm

/** The packages that the programs import, but for the framework and node's own. */
function packagesOf(example: Example): Set<string> {
  const names = new Set<string>()
  for (const [path, text] of example.files) {
    if (!/\.[cm]?[jt]s$/.test(path)) continue
    const specifiers = text.matchAll(IMPORT)
    for (const [, specifier] of specifiers) {
      const name = /^(?:@[^/]+\/)?[^/]+/.exec(specifier as string)?.[0] as string
      if (!name.startsWith('node:') && name !== 'nozomi' && name !== 'express') names.add(name)
    }
  }
  return names
}

async function compile(folder: string, paths: string[]): Promise<void> {
  const files = paths.filter((path) => /\.[cm]?ts$/.test(path))
  if (files.length === 0) return
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: COMPILER_OPTIONS, files }))
  const compiler = spawn(process.execPath, [COMPILER, '-p', folder], { stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  for await (const chunk of compiler.stdout) said += chunk
  if (said !== '') throw new Error(`the program does not compile\n${said}`)
}

/** Installs what the ecosystem tests use. They share the folder, so that it is done once. */
function installEcosystem(): void {
  const installer = join(ECOSYSTEM, 'runner/install.mjs')
  const program = `import { installFramework } from ${JSON.stringify(installer)}; installFramework()`
  const { status } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  if (status !== 0) throw new Error('the packages of the ecosystem tests could not be installed')
}
