import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { test } from 'node:test'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

test('loads in both module systems as one instance', async () => {
  const imported = (await import('@nozomi/schema')) as Record<string, unknown>
  const required = createRequire(import.meta.url)('@nozomi/schema') as Record<string, unknown>
  assert.equal(typeof imported['validate'], 'function')
  assert.equal(imported['validate'], required['validate'])
})

/** The packages that a process has loaded after some code. */
function loadedBy(code: string): string[] {
  const script = `${code}
    const packages = Object.keys(require.cache).map((file) => /.*node_modules\\/((?:@[^/]+\\/)?[^/]+)/.exec(file)?.[1])
    console.log(JSON.stringify([...new Set(packages.filter(Boolean))].sort()))`
  const child = spawnSync(process.execPath, ['-e', script], { cwd: ROOT, encoding: 'utf8' })
  assert.equal(child.status, 0, child.stderr)
  return JSON.parse(child.stdout) as string[]
}

test('loads what takes long when it is first used', () => {
  assert.deepEqual(loadedBy("require('@nozomi/schema')"), ['cookie'])
  const document = "{ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths: {} }"
  assert.ok(loadedBy(`require('@nozomi/schema').drift(${document})`).includes('ajv'))
  assert.ok(loadedBy("require('@nozomi/schema').jsonSchema({ type: 'string' })").includes('ajv'))
  assert.ok(loadedBy(`require('@nozomi/schema').formatYaml(${document})`).includes('yaml'))
})

/** The packages that declarations name, and those that they lead to. */
function declaredBy(file: string, seen = new Set<string>()): string[] {
  if (seen.has(file)) return []
  seen.add(file)
  const specifiers = [...readFileSync(file, 'utf8').matchAll(/(?:from|import\()\s*'([^']+)'/gu)]
  const found = specifiers.flatMap(([, specifier = '']) =>
    specifier.startsWith('.')
      ? declaredBy(join(file, '..', specifier.replace(/\.js$/u, '.d.ts')), seen)
      : [specifier],
  )
  return [...new Set(found)].filter((one) => !one.startsWith('node:')).toSorted()
}

test('is declared without the types of what validates and writes', () => {
  assert.deepEqual(declaredBy(join(ROOT, 'index.d.mts')), [
    '@nozomi/insight/layers',
    '@standard-schema/spec',
    'express-serve-static-core',
  ])
})
