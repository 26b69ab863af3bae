import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type TestContext } from 'node:test'
import { fixture, nozomi } from './support/nozomi.js'

const VALIDATED = fixture('validated.mjs')
const DESCRIBED = fixture('described.mjs')

interface Document {
  openapi: string
  info: { title: string; version: string }
  servers?: { url: string }[]
  paths: Record<string, Record<string, { parameters?: { name: string }[]; requestBody?: unknown }>>
}

function folderOf(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'nozomi-openapi-'))
  t.after(() => rmSync(folder, { recursive: true }))
  return folder
}

test('openapi prints the document of an application that has no contracts', async () => {
  const { code, stdout } = await nozomi(['openapi', VALIDATED])
  assert.equal(code, 0)
  const { openapi, info, paths } = JSON.parse(stdout) as Document
  assert.equal(openapi, '3.1.1')
  assert.equal(info.title, '@nozomi/cli')
  assert.deepEqual(Object.keys(paths), ['/books'])
  assert.deepEqual(
    paths['/books']?.['get']?.parameters?.map(({ name }) => name),
    ['page'],
  )
  assert.deepEqual(paths['/books']?.['post']?.requestBody, {
    required: true,
    content: {
      'application/json': {
        schema: {
          type: 'object',
          properties: { title: { type: 'string' }, year: { type: 'integer' } },
          required: ['title'],
        },
      },
    },
  })
})

test('openapi names the routes that it leaves out', async () => {
  const { stderr } = await nozomi(['openapi', VALIDATED])
  assert.match(stderr, /^left out: GET \/books\/: no template can say its path$/mu)
})

test('openapi says what the application says of itself, unless it is told otherwise', async () => {
  const own = JSON.parse((await nozomi(['openapi', DESCRIBED])).stdout) as Document
  assert.deepEqual(own.info, { title: 'Hello', version: '3.2.1' })
  const args = ['--title', 'Greetings', '--api-version', '4', '--server', 'https://example.com/v4']
  const told = JSON.parse((await nozomi(['openapi', DESCRIBED, ...args])).stdout) as Document
  assert.deepEqual(told.info, { title: 'Greetings', version: '4' })
  assert.deepEqual(told.servers, [{ url: 'https://example.com/v4' }])
})

test('openapi prints YAML', async () => {
  const { stdout } = await nozomi(['openapi', DESCRIBED, '--yaml'])
  assert.match(stdout, /^openapi: 3\.1\.1\ninfo:\n {2}title: Hello\n/u)
})

test('openapi writes a file, in the format of its name', async (t) => {
  const folder = folderOf(t)
  for (const [name, start] of [
    ['api.json', '{\n  "openapi"'],
    ['api.yaml', 'openapi: 3.1.1'],
  ] as const) {
    const file = join(folder, name)
    assert.deepEqual(await nozomi(['openapi', DESCRIBED, '--out', file]), { code: 0, stdout: '', stderr: '' })
    assert.ok(readFileSync(file, 'utf8').startsWith(start))
    assert.equal((await nozomi(['openapi', DESCRIBED, '--check', file])).code, 0)
  }
})

test('openapi ends with 1 when a file is not the document any more', async (t) => {
  const file = join(folderOf(t), 'api.json')
  writeFileSync(file, '{}\n')
  const { code, stdout, stderr } = await nozomi(['openapi', DESCRIBED, '--check', file])
  assert.equal(code, 1)
  assert.equal(stdout, '')
  assert.match(stderr, /is not the document of the application/u)
  assert.match(stderr, /^first in line 1: \{\} there, \{ by the routes$/mu)
})

test('openapi ends with 2 when the document could not be made', async () => {
  const wrong: [string[], RegExp][] = [
    [[], /the application file is missing/u],
    [[fixture('nothing.mjs')], /gives no application/u],
    [[fixture('unknown-scheme.mjs')], /GET \/me needs the security scheme "session"/u],
    [[DESCRIBED, '--check', '/nowhere/api.json'], /there is no file/u],
    [[DESCRIBED, '--out', '/nowhere/api.json'], /can't be written/u],
  ]
  for (const [args, reason] of wrong) {
    const { code, stdout, stderr } = await nozomi(['openapi', ...args])
    assert.equal(code, 2, args.join(' '))
    assert.equal(stdout, '')
    assert.match(stderr, reason)
  }
})

test('openapi writes types for a client, and prints nothing then', async (t) => {
  const folder = folderOf(t)
  const [types, out] = [join(folder, 'api.d.ts'), join(folder, 'api.json')]
  const { code, stdout, stderr } = await nozomi(['openapi', DESCRIBED, '--types', types, '--out', out])
  assert.deepEqual([code, stdout, stderr], [0, '', ''])
  const text = readFileSync(types, 'utf8')
  assert.match(text, /^\/\/ Made by: nozomi openapi --types\./)
  assert.match(text, /export interface paths \{\n {4}"\/hello\/\{name\}": \{/)
  assert.match(text, /name: string;/)
  assert.equal((JSON.parse(readFileSync(out, 'utf8')) as Document).openapi, '3.1.1')
})

test('openapi says what types need where it is not installed', async (t) => {
  const folder = folderOf(t)
  const loader = join(folder, 'without.cjs')
  writeFileSync(
    loader,
    `const Module = require('node:module')
const resolve = Module._resolveFilename
Module._resolveFilename = function (name, ...rest) {
  if (name === 'openapi-typescript') throw new Error("Cannot find module 'openapi-typescript'")
  return resolve.call(this, name, ...rest)
}`,
  )
  const types = join(folder, 'api.d.ts')
  const { code, stderr } = await nozomi(['openapi', DESCRIBED, '--types', types], {
    NODE_OPTIONS: `--require ${loader}`,
  })
  assert.equal(code, 2)
  assert.match(
    stderr,
    /--types needs openapi-typescript.*npm install --save-dev openapi-typescript typescript@5/,
  )
  assert.equal(existsSync(types), false)
})

test('openapi does not take --types together with --check', async () => {
  const { code, stderr } = await nozomi(['openapi', DESCRIBED, '--types', 'a.d.ts', '--check', 'a.json'])
  assert.equal(code, 2)
  assert.match(stderr, /--types and --check can not be used together/)
})
