/*
 * The same application on each runtime, asked over HTTP. Run by `node scripts/runtimes.mjs`, which has installed the runtimes
 * into the folder that NOZOMI_RUNTIMES names.
 */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { bundle } from './bundle.mjs'
import { serve, versionOf } from './processes.mjs'

const folder = process.env.NOZOMI_RUNTIMES
const DENO = ['run', '--allow-all', '--no-prompt', '--node-modules-dir=manual']

const TIMEOUT_MS = 20_000
const COMPRESSED = 'sends a compressed answer'
const HINTS = 'sends 1xx answers and trailers'
const NO_HINTS = 'a Response has no place for them'
const FILES = 'sends files'
const NO_FILES = 'a worker has no files'

/** Where the application runs; `lacks`: what can't be had there, by the name of the test, and why. */
const places = [
  {
    on: 'Bun, by app.fetch()',
    program: 'bun',
    args: ['serve-bun.mjs'],
    env: 'bun',
    lacks: { [HINTS]: NO_HINTS },
  },
  { on: 'Bun, by app.listen()', program: 'bun', args: ['listen.mjs'], server: 'node' },
  { on: 'Bun, by app.listen() on turbo', program: 'bun', args: ['listen.mjs'], server: 'turbo' },
  {
    on: 'Deno, by app.fetch()',
    program: 'deno',
    args: [...DENO, 'serve-deno.mjs'],
    env: 'deno',
    lacks: { [HINTS]: NO_HINTS },
  },
  { on: 'Deno, by app.listen()', program: 'deno', args: [...DENO, 'listen.mjs'], server: 'node' },
  { on: 'Deno, by app.listen() on turbo', program: 'deno', args: [...DENO, 'listen.mjs'], server: 'turbo' },
  {
    on: 'workerd, by app.fetch()',
    program: 'workerd',
    worker: 'worker.mjs',
    env: 'workerd',
    lacks: { [FILES]: NO_FILES, [HINTS]: NO_HINTS },
  },
  {
    on: 'workerd, by app.listen()',
    program: 'workerd',
    worker: 'worker-listen.mjs',
    lacks: {
      [COMPRESSED]: 'its node:http encodes a body with Content-Encoding once more',
      [FILES]: NO_FILES,
      [HINTS]: NO_HINTS,
    },
  },
  { on: 'Node.js, by app.listen(), the measure', program: 'node', args: ['listen.mjs'], server: 'node' },
]

async function start(command, { args, worker, server }) {
  if (worker === undefined) return serve(command, args, { cwd: folder, env: { NOZOMI_SERVER: server } })
  await bundle(folder, worker, 'bundle.mjs')
  const pattern = /"port":(\d+)/
  return serve(command, ['serve', 'workerd.capnp', '--control-fd=1'], { cwd: folder, pattern })
}

const testOf = (lacks) => (name, check) =>
  it(name, { skip: lacks[name] ?? false, timeout: TIMEOUT_MS }, check)

for (const place of places) {
  const { on, program, env, lacks = {} } = place
  const command = program === 'node' ? process.execPath : join(folder, 'node_modules/.bin', program)
  const { version, reason } = versionOf(command)
  const skip = reason === undefined ? false : `${program} can't be run here: ${reason}`

  describe(`on ${on} (${version ?? program})`, { skip }, () => {
    let served
    let base
    before(async () => {
      served = await start(command, place)
      base = `http://127.0.0.1:${served.port}`
    })
    after(() => served?.stop())

    const test = testOf(lacks)
    const get = (path, init) => fetch(`${base}${path}`, init)
    const post = (path, body, type, more) =>
      get(path, { method: 'POST', body, headers: { 'Content-Type': type }, ...more })

    test('gives a handler path, query, cookies and client', async () => {
      const response = await get('/hello/ada?a=1&a=2', { headers: { Cookie: 'c=3' } })
      assert.equal(response.status, 200)
      assert.equal(response.headers.get('content-type'), 'application/json; charset=utf-8')
      assert.equal(response.headers.get('x-frame-options'), 'SAMEORIGIN')
      const { params, query, ip, protocol, hostname, cookies, env: given } = await response.json()
      assert.deepEqual([params, query, cookies], [{ name: 'ada' }, { a: ['1', '2'] }, { c: '3' }])
      assert.deepEqual([protocol, hostname, ip], ['http', '127.0.0.1', '127.0.0.1'])
      assert.equal(given, env)
    })

    test('parses bodies', async () => {
      const json = await post('/echo', '{"a":"ä"}', 'application/json')
      assert.deepEqual([json.status, await json.json()], [201, { a: 'ä' }])
      const form = await post('/echo', 'a=1&b=%C3%A4', 'application/x-www-form-urlencoded')
      assert.deepEqual(await form.json(), { a: '1', b: 'ä' })
      assert.equal(await (await post('/echo', 'hällo', 'text/plain')).json(), 'hällo')
    })

    test('refuses bodies that are malformed or too large', async () => {
      assert.equal((await post('/echo', '{', 'application/json')).status, 400)
      assert.equal((await post('/echo', JSON.stringify('x'.repeat(20_000)), 'application/json')).status, 413)
    })

    test('streams a body back', async () => {
      const body = 'abcdefgh'.repeat(250_000)
      assert.equal(await (await post('/pipe', body, 'a/b')).text(), body)
    })

    test('sends each piece when it is written', async () => {
      const response = await get('/pieces')
      const pieces = []
      for await (const piece of response.body) pieces.push(Buffer.from(piece).toString())
      assert.deepEqual(pieces, ['one,', 'two,', 'three'])
    })

    test('sends a large answer', async () => {
      assert.equal((await (await get('/large')).arrayBuffer()).byteLength, 1_000_000)
    })

    test(COMPRESSED, async () => {
      const compressed = await get('/compressed')
      assert.match(compressed.headers.get('content-encoding'), /^(?:br|gzip)$/)
      assert.equal(await compressed.text(), 'hello '.repeat(1000))
    })

    test('keeps cookies apart', async () => {
      assert.deepEqual((await get('/cookies')).headers.getSetCookie(), ['a=1; Path=/', 'b=2; Path=/'])
    })

    test('sends no body for HEAD, 204 and 304', async () => {
      const head = await get('/large', { method: 'HEAD' })
      assert.deepEqual([head.headers.get('content-length'), await head.text()], ['1000000', ''])
      for (const status of [204, 304]) {
        const response = await get(`/status/${status}`)
        assert.deepEqual([response.status, await response.text()], [status, ''])
      }
    })

    test('answers freshness with 304', async () => {
      const etag = (await get('/large')).headers.get('etag')
      // fetch() would ask not to be answered from a cache.
      const status = await new Promise((resolve, reject) => {
        const headers = { 'If-None-Match': etag }
        request(`${base}/large`, { headers, agent: false }, (response) =>
          resolve(response.resume().statusCode),
        )
          .once('error', reject)
          .end()
      })
      assert.equal(status, 304)
    })

    test(HINTS, async () => {
      const seen = await new Promise((resolve, reject) => {
        const asked = request(`${base}/hints`, { agent: false })
        let status
        asked.once('information', (answer) => {
          status = answer.statusCode
        })
        asked.once('response', (response) =>
          response.resume().once('end', () => resolve([status, response.trailers['x-trailer']])),
        )
        asked.once('error', reject)
        asked.end()
      })
      assert.deepEqual(seen, [103, '1'])
    })

    test(FILES, async () => {
      const file = readFileSync(join(folder, 'app.mjs'), 'utf8')
      assert.equal(await (await get('/file')).text(), file)
      const part = await get('/static/app.mjs', { headers: { Range: 'bytes=1-5' } })
      assert.deepEqual([part.status, await part.text()], [206, file.slice(1, 6)])
      assert.equal((await get('/static/absent')).status, 404)
    })

    test('answers errors, and what nobody handles', async () => {
      const failed = await get('/fail')
      assert.equal(failed.status, 418)
      assert.match(await failed.text(), /boom/)
      assert.equal((await get('/absent')).status, 404)
    })

    test('runs handlers of Request and Response', async () => {
      const { path, params } = await (await get('/web/a%20b')).json()
      assert.deepEqual([path, params], ['/web/a%20b', { name: 'a b' }])
      assert.equal(await (await post('/web', 'a stream', 'a/b')).text(), 'A STREAM')
      assert.equal(await (await post('/web', 'a text', 'text/plain')).text(), 'A TEXT')
    })

    test('tells a handler that its client has gone', async () => {
      const known = await (await get('/closed')).json()
      await new Promise((resolve, reject) => {
        const asked = request(`${base}/endless`, { agent: false }, (response) => {
          response.once('data', () => {
            response.destroy()
            resolve()
          })
        })
        asked.once('error', reject)
        asked.end()
      })
      let closed = known
      for (let i = 0; i < 50 && closed.length === known.length; i++) {
        await wait(50)
        closed = await (await get('/closed')).json()
      }
      assert.deepEqual(closed.slice(known.length), [false])
    })

    test('answers many requests at the same time', async () => {
      const names = Array.from({ length: 200 }, (_, index) => `n${index}`)
      const answers = await Promise.all(names.map(async (name) => (await get(`/web/${name}`)).json()))
      assert.deepEqual(
        answers.map(({ params }) => params.name),
        names,
      )
    })
  })
}
