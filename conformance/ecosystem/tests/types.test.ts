import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'

// A compiler of the newest line, and of the one that most projects still have.
const compilers = { 'TypeScript 7': 'typescript-7', 'TypeScript 5': 'typescript' }

const projects = {
  'an application of packages with types of their own or from @types, in CommonJS and ESM':
    'types/tsconfig.json',
  'the same in CommonJS without esModuleInterop': 'types/tsconfig.no-interop.json',
  'every test program of this folder': 'source/tsconfig.json',
}

/** The sources are copied into the installed project, so that they find its `express` and its types. */
function compile(compiler: string, project: string, ...flags: string[]) {
  const tsc = join(process.cwd(), 'node_modules', compiler, 'bin', 'tsc')
  const args = [tsc, '--noEmit', '-p', join('build', project), ...flags]
  const { status, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  return { status, stdout }
}

for (const [compilerName, compiler] of Object.entries(compilers)) {
  for (const [projectName, project] of Object.entries(projects)) {
    // TypeScript 7 has no such option any more.
    if (compiler === 'typescript-7' && project.includes('no-interop')) continue
    test(`${compilerName} compiles ${projectName}`, () => {
      assert.deepEqual(compile(compiler, project), { status: 0, stdout: '' })
    })
  }

  test(`${compilerName} finds nothing wrong in the declarations either, with skipLibCheck off`, () => {
    const checked = compile(compiler, 'types/tsconfig.json', '--skipLibCheck', 'false')
    assert.deepEqual(checked, { status: 0, stdout: '' })
  })
}
