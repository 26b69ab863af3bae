import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { lstatSync, readFileSync, realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'

const here = createRequire(import.meta.url)
const host = process.env.ECOSYSTEM_EXPRESS === 'express' ? 'express' : 'nozomi'
const manifestPath = here.resolve('express/package.json')

/** Packages that load Express themselves, or declare it as a dependency or peer. */
const dependents = [
  '@nestjs/platform-express',
  '@as-integrations/express5',
  'express-openapi-validator',
  'express-promise-router',
  'express-rate-limit',
  'express-slow-down',
  'express-ws',
  'express-zod-safe',
  'swagger-ui-express',
]

test(`express is ${host}, a folder of real files at node_modules/express`, () => {
  const manifest = JSON.parse(readFileSync(manifestPath, 'utf8'))
  assert.equal(manifest.name, host)
  assert.match(manifest.version, /^5\./)
  const folder = join(process.cwd(), 'node_modules', 'express')
  assert.equal(realpathSync(dirname(manifestPath)), realpathSync(folder))
  assert.equal(lstatSync(folder).isSymbolicLink(), false)
})

for (const name of dependents) {
  test(`${name} resolves the same express as this project`, () => {
    const theirs = createRequire(here.resolve(name))
    assert.equal(theirs.resolve('express'), here.resolve('express'))
  })
}

test('npm ls finds one express and nothing wrong with it', async () => {
  const shell = process.platform === 'win32'
  const { stdout } = await promisify(execFile)('npm', ['ls', 'express', '--json', '--all'], {
    shell,
    maxBuffer: 1e8,
  })
  interface Node {
    version?: string
    problems?: string[]
    dependencies?: Record<string, Node>
  }
  const found: { version?: string; path: string }[] = []
  const walk = (node: Node, path: string) => {
    for (const [name, child] of Object.entries(node.dependencies ?? {})) {
      if (name === 'express') found.push({ version: child.version, path })
      walk(child, `${path} > ${name}`)
    }
  }
  const tree = JSON.parse(stdout) as Node
  walk(tree, '')
  assert.deepEqual(tree.problems ?? [], [])
  assert.ok(found.length > dependents.length - 1, `${found.length}`)
  assert.equal(new Set(found.map(({ version }) => version)).size, 1)
})
