import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { fixture, nozomi, takenPort } from './support/nozomi.js'

const WAYS = {
  'default-export.mjs': 'as the default of an ES module',
  'module-exports.cjs': 'as module.exports',
  'named-app.mjs': 'as app',
  'factory.mjs': 'by a function that makes it',
  'promise.cjs': 'by a promise',
  'server.mjs': 'by the server that was made for it',
  'only-listening.cjs': 'by letting it listen, and exports nothing',
  'turbo.mjs': 'by letting it listen on turbo',
  'awaiting.mjs': 'after its server listens, which is waited for',
  'looking-for-a-port.mjs': 'by letting it listen, after a look for a port that is free',
  'later.mjs': 'by letting it listen some time after it was loaded',
}

for (const [file, way] of Object.entries(WAYS)) {
  test(`loads an application that is given ${way}, and opens no port`, async (t) => {
    // Were the port opened, the application would fail: it is in use.
    const { code, stdout, stderr } = await nozomi(['routes', fixture(file)], {
      TAKEN_PORT: await takenPort(t),
    })
    assert.equal(code, 0, stderr)
    const [row, ...more] = stdout.trimEnd().split('\n')
    assert.match(row ?? '', new RegExp(`^GET +/users/:id +showUser +test/fixtures/${file}:\\d+$`, 'u'))
    assert.deepEqual(more, [])
  })
}

for (const [extension, line] of [
  ['cjs', (path: string) => `const express = require(${path})`],
  ['mjs', (path: string) => `import express from ${path}`],
] as const) {
  test(`knows the lines of an application whose framework is another copy, in .${extension}`, async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'application-'))
    t.after(() => rm(folder, { recursive: true }))
    const express = JSON.stringify(createRequire(import.meta.url).resolve('express'))
    const file = join(folder, `app.${extension}`)
    const rest = ['const app = express()', `app.get('/', (req, res) => res.end())`, 'app.listen(0)']
    await writeFile(file, [line(express), ...rest].join('\n'))
    const { stdout, stderr } = await nozomi(['routes', file])
    assert.match(stdout, /^GET {2}\/ {2}\S+ {2}.*app\.[cm]js:3$/mu, stderr)
    const { stdout: findings } = await nozomi(['audit', file])
    assert.match(findings, /app\.[cm]js:2:\d+$/mu)
  })
}

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
const stripsTypes = major > 22 || (major === 22 && minor >= 18)

test('loads TypeScript where node reads it, and says so where it does not', async () => {
  const { code, stdout, stderr } = await nozomi(['routes', fixture('typed.ts')])
  if (stripsTypes) {
    assert.equal(code, 0, stderr)
    assert.match(stdout, /^GET +\/users\/:id +showUser +test\/fixtures\/typed\.ts:4$/mu)
  } else {
    assert.equal(code, 2)
    assert.match(stderr, /reads no TypeScript: give the compiled file, or use node 22\.18 or newer/u)
  }
})

test('keeps what the application prints out of the result', async (t) => {
  const environment = { TAKEN_PORT: await takenPort(t) }
  const { stdout, stderr } = await nozomi(['routes', fixture('default-export.mjs'), '--json'], environment)
  assert.equal((JSON.parse(stdout) as { pattern: string }[])[0]?.pattern, '/users/:id')
  assert.match(stderr, /the application is loaded/u)
})

test('ends with 2 and the reason when there is no application to be had', async () => {
  const reasons = {
    'nothing.mjs': /nothing\.mjs gives no application: export it .*; what it exports is answer$/mu,
    'broken.mjs': /broken\.mjs can't be loaded: Error: the variable DATABASE_URL is missing/u,
    'absent.mjs': /there is no file .*absent\.mjs/u,
    '': /fixtures\/? is no file: give the file of the application/u,
  }
  for (const [file, reason] of Object.entries(reasons)) {
    const { code, stdout, stderr } = await nozomi(['audit', fixture(file)])
    assert.equal(code, 2)
    assert.equal(stdout, '')
    assert.match(stderr, reason)
  }
})

test('says that it waits for a module that takes long to load', async () => {
  const { code, stdout, stderr } = await nozomi(['routes', fixture('slow.mjs')])
  assert.equal(code, 0)
  assert.match(stdout, /showUser/u)
  assert.match(stderr, /^still loading .*slow\.mjs: something in it is waited for$/mu)
})
