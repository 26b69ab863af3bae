import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import inspector from 'node:inspector'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import test from 'node:test'
import { fileURLToPath } from 'node:url'
import vm from 'node:vm'
import { Worker } from 'node:worker_threads'
import { locate, placeOfFunction } from '#dist/places/function-place.js'
import { placesOfStack } from '#dist/places/stack-places.js'

const MODULE = fileURLToPath(import.meta.resolve('#dist/places/function-place.js'))

/** Where this was called: what V8 says of a stack, beside what it says of a function. */
const here = () => placesOfStack(new Error('here'))[1]

class Some {
  field = 1
}
function onThisLine() {}
const line = here()

test('a function is found by its file and line', () => {
  const place = placeOfFunction(onThisLine)
  assert.equal(place?.file, line?.file)
  assert.equal(place?.line, Number(line?.line) - 1)
})

test('arrows, async functions, methods and classes are found', () => {
  const methods = { async *method() {} }
  for (const fn of [() => {}, async () => {}, methods.method, Some, async function named() {}]) {
    assert.equal(placeOfFunction(fn)?.file, line?.file, String(fn))
  }
  const arrow = () => {}
  const at = here()
  assert.equal(placeOfFunction(arrow)?.line, Number(at?.line) - 1)
})

test('of a bound function and of a proxy it is the place of the function that they call', () => {
  const place = placeOfFunction(onThisLine)
  assert.deepEqual(placeOfFunction(onThisLine.bind(null).bind(null)), place)
  assert.deepEqual(placeOfFunction(new Proxy(onThisLine, {})), place)
  assert.deepEqual(placeOfFunction(new Proxy(onThisLine.bind({}), {})), place)
})

test('of what an agent has wrapped it is the place of the function inside', () => {
  const wrap = (name: string, fn: unknown) => Object.defineProperty(() => {}, name, { value: fn })
  const place = placeOfFunction(onThisLine)
  assert.deepEqual(placeOfFunction(wrap('__original', wrap('__sentry_original__', onThisLine))), place)
  const round = wrap('__original', undefined)
  assert.notEqual(placeOfFunction(round), null)
  const circle = () => {}
  Object.assign(circle, { __original: circle })
  assert.equal(placeOfFunction(circle)?.file, place?.file)
})

test('what was written nowhere has no place', () => {
  const revocable = Proxy.revocable(() => {}, {})
  revocable.revoke()
  const nowhere = [Array.prototype.map, Function.prototype, new Function('return 1'), Math.max.bind(null)]
  for (const fn of [...nowhere, vm.runInThisContext('() => 1'), revocable.proxy])
    assert.equal(placeOfFunction(fn), null)
  for (const none of [undefined, null, 1, 'text', {}, []]) assert.equal(placeOfFunction(none), null)
})

test('a function of node has the name of its module for a file', () => {
  assert.match(String(placeOfFunction(readFileSync)?.file), /^node:/)
})

test('many functions are found in one connection, and are not asked for again', (t) => {
  const connect = t.mock.method(inspector.Session.prototype, 'connect')
  const functions = Array.from({ length: 900 }, (_, i) => () => i)
  locate(functions)
  for (const fn of functions) assert.equal(placeOfFunction(fn)?.file, line?.file)
  assert.equal(connect.mock.callCount(), 1)
})

test('no getter of a function runs, and nothing is left on it or in node', () => {
  const fn = Object.defineProperty(() => {}, 'trap', { get: () => assert.fail('ran'), enumerable: true })
  const symbols = Object.getOwnPropertySymbols(inspector).length
  const globals = Reflect.ownKeys(globalThis).length
  placeOfFunction(fn)
  assert.equal(Object.getOwnPropertySymbols(inspector).length, symbols)
  assert.equal(Reflect.ownKeys(globalThis).length, globals)
})

test('a debugger that is attached in the process goes on, and nothing pauses', async () => {
  const session = new inspector.Session()
  session.connect()
  try {
    const seen: string[] = []
    session.on('Debugger.paused', () => seen.push('paused'))
    session.on('Debugger.scriptParsed', ({ params }) => seen.push(params.url))
    session.post('Debugger.enable')
    assert.equal(placeOfFunction(() => {})?.file, line?.file)
    seen.length = 0
    vm.runInThisContext('1', { filename: 'after.js' })
    assert.deepEqual(seen, ['after.js'])
  } finally {
    session.disconnect()
  }
})

test('functions are found in a worker', async () => {
  const source = `
    const { parentPort } = require('node:worker_threads')
    const { placeOfFunction } = require(${JSON.stringify(MODULE)})
    parentPort.postMessage(placeOfFunction(require('express')))`
  const worker = new Worker(source, { eval: true })
  const place = await new Promise<{ file: string }>((resolve, reject) => {
    worker.once('message', resolve).once('error', reject)
  })
  assert.match(place.file, /express[\\/]lib[\\/]express\.js$/)
})

test('functions are found by a module that was loaded in another context, as Jest does', () => {
  const context = vm.createContext({})
  const load = (path: string): Record<string, unknown> => {
    const require = createRequire(path)
    const names = ['exports', 'require', 'process', '__dirname']
    const run = vm.compileFunction(readFileSync(path, 'utf8'), names, { parsingContext: context })
    const exports = {}
    const own = (name: string) => (name.startsWith('./') ? load(require.resolve(name)) : require(name))
    run(exports, own, process, '')
    return exports
  }
  const loaded = load(MODULE) as { placeOfFunction: typeof placeOfFunction }
  assert.equal(loaded.placeOfFunction(() => {})?.file, line?.file)
})

/** Runs a program in a folder of its own, and gives what it printed. */
async function run(args: string[], files: Record<string, string>): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'insight-'))
  try {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
    const child = spawn(process.execPath, [...args, join(folder, Object.keys(files)[0] as string)], {
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, NODE_OPTIONS: '' },
    })
    return (await text(child.stdout)).replaceAll(folder, '')
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const PROGRAM = `
const { placeOfFunction } = require(${JSON.stringify(MODULE)})
function named() {}
console.log(JSON.stringify(placeOfFunction(named)))
`

test('functions are found while node waits for a debugger on a port', async () => {
  const place = JSON.parse(await run(['--inspect=127.0.0.1:0'], { 'program.cjs': PROGRAM }))
  assert.deepEqual(place, { file: '/program.cjs', line: 3, column: 15 })
})

test('the place is mapped by a source map when node reads them', async () => {
  // The third line of the program is the first of the source.
  const map = { version: 3, sources: ['source.ts'], names: [], mappings: ';;AAAA;AACA' }
  const comment = `//# sourceMappingURL=data:application/json;base64,${btoa(JSON.stringify(map))}\n`
  const files = { 'program.cjs': `${PROGRAM}${comment}`, 'source.ts': '' }
  assert.equal(JSON.parse(await run(['--enable-source-maps'], files)).file, '/source.ts')
  assert.equal(JSON.parse(await run(['--enable-source-maps'], files)).line, 1)
  assert.equal(JSON.parse(await run([], files)).file, '/program.cjs')
})

test('without an inspector there is no place, and no error', (t) => {
  t.mock.method(inspector.Session.prototype, 'connect', () => {
    throw new Error('not permitted')
  })
  assert.equal(
    placeOfFunction(() => {}),
    null,
  )
})
