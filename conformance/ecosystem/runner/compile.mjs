import { cpSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './command.mjs'
import { ECOSYSTEM } from './paths.mjs'

/**
 * Translates the tests into `<project>/build`, from where their imports find the packages of that project. Types
 * are not checked here, so that a wrong type can't hide what a package does; tests/types checks them.
 */
export function compileTests(project) {
  const build = join(project, 'build')
  rmSync(build, { recursive: true, force: true })
  const tsc = join(project, 'node_modules/typescript-7/bin/tsc')
  run(process.execPath, [tsc, '-p', ECOSYSTEM, '--noCheck', '--outDir', build])
  cpSync(join(ECOSYSTEM, 'tests/fixtures'), join(build, 'fixtures'), { recursive: true })
  copyForTypeTests(project, build)
  return build
}

/** The type tests compile these where imports find the types of this project. */
function copyForTypeTests(project, build) {
  const tests = join(ECOSYSTEM, 'tests')
  const types = join(tests, 'types')
  const fixtures = join(tests, 'fixtures')
  const isSource = (path) => path !== types && path !== fixtures
  cpSync(types, join(build, 'types'), { recursive: true })
  cpSync(tests, join(build, 'source'), { recursive: true, filter: isSource })
  const include = [join(build, 'source')]
  const compilerOptions = { rootDir: build }
  const config = { extends: join(ECOSYSTEM, 'tsconfig.json'), include, exclude: [], compilerOptions }
  writeFileSync(join(build, 'source/tsconfig.json'), JSON.stringify(config))
}

/** The compiled test files whose name holds one of the words; all of them when there are no words. */
export function testFiles(build, words) {
  const names = readdirSync(build, { recursive: true }).filter((name) => /\.test\.[cm]?js$/.test(name))
  const wanted = words.length ? names.filter((name) => words.some((word) => name.includes(word))) : names
  return wanted.toSorted().map((name) => join(build, name))
}
