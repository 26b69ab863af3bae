import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { serve } from '../support/serve.cjs'
import { Project } from './project.cjs'
import { createRegistry } from './registry.cjs'

const here = createRequire(import.meta.url)
const tarball = process.env.ECOSYSTEM_TARBALL ?? ''
const skip = process.env.ECOSYSTEM_EXPRESS === 'express' ? 'stock Express needs no alias' : false

function emptyProject(t: TestContext): Project {
  const project = new Project()
  t.after(() => project.remove())
  return project
}

/** A published library that depends on Express 4, and says which one it got. */
function packLibrary(t: TestContext) {
  const library = emptyProject(t)
  const manifest = { name: 'needs-express', version: '1.0.0', dependencies: { express: '^4.21.0' } }
  library.write('package.json', manifest)
  library.write('index.js', "module.exports = require.resolve('express/package.json')")
  library.npm('pack')
  return { manifest, tarball: join(library.folder, 'needs-express-1.0.0.tgz') }
}

test('"express": "npm:nozomi" with an override reaches libraries that depend on express', {
  skip,
}, async (t) => {
  const nozomi = JSON.parse(readFileSync(here.resolve('express/package.json'), 'utf8'))
  const packages = [{ manifest: nozomi, tarball }, packLibrary(t)]
  const registry = await serve(t, createRegistry(packages))
  const project = emptyProject(t)
  project.write('package.json', {
    private: true,
    dependencies: { express: `npm:nozomi@^${nozomi.version}`, 'needs-express': '1.0.0' },
    overrides: { express: '$express' },
  })
  await project.npmInBackground('install', '--registry', registry, '--cache', join(project.folder, '.npm'))

  const { stdout, stderr } = project.node(
    'app.cjs',
    `const manifest = require('express/package.json')
     const theirs = require('needs-express')
     console.log(JSON.stringify({ name: manifest.name, same: theirs === require.resolve('express/package.json') }))
     require('express')()`,
  )
  assert.equal(stderr, '')
  assert.deepEqual(JSON.parse(stdout), { name: 'nozomi', same: true })
  const listed = JSON.parse(project.npm('ls', 'express', '--json', '--all'))
  assert.deepEqual(listed.problems ?? [], [])
})
