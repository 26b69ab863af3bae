import assert from 'node:assert/strict'
import { mkdtemp, mkdir, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import type { CodeFrame, Detail, Routes, State, WireExplained, WireLayer } from '#dist/inspector/wire.js'
import { FRAMEWORKS } from '../support/frameworks.mjs'
import { ask } from './asking.mjs'
import { at } from './bookshop.mjs'
import { FakeSource } from './fake-source.mjs'
import { afternoon, failing, hung, record, run } from './records.mjs'
import { serve, type ServingOptions } from './serving.mjs'

async function open(t: TestContext, options: ServingOptions = {}) {
  const serving = await serve(options)
  t.after(() => serving.close())
  const get = async <T,>(path: string): Promise<T> => (await ask(`${serving.page}/api/${path}`)).json() as T
  const statusOf = async (path: string) => (await ask(`${serving.page}/api/${path}`)).status
  return { ...serving, get, statusOf }
}

for (const { name, framework } of FRAMEWORKS) {
  describe(`what the inspector tells its page, on ${name}`, () => {
    it('lists the requests that are kept, the incidents, and how much the audit found', async (t) => {
      const source = new FakeSource([...afternoon(3), failing(4, 1000), hung(5, 2000)])
      const { get } = await open(t, { on: framework, source, slowMs: 250 })
      const state = await get<State>('state')
      assert.equal(state.application, 'bookshop')
      assert.equal(state.slowMs, 250)
      assert.deepEqual(state.findings, { error: 1, warning: 1, advice: 1 })
      assert.deepEqual(
        state.requests.map(({ id }) => id),
        [1, 2, 3, 4, 5],
      )
      assert.deepEqual(state.requests[4]?.incidents, ['hung'])
      assert.match(state.requests[3]?.error ?? '', /^TypeError: Cannot read/)
      assert.equal(state.incidents[0]?.places[0]?.place, 'src/routes/catalogue.js:15:31')
    })

    it('does not list what it was asked itself, wherever it stands', async (t) => {
      const source = new FakeSource([
        record(1, { url: '/_inspector' }),
        record(2, { url: '/_inspector/api/state?x' }),
        record(3, { url: '/internal/_inspector/api/state' }),
        record(4, { url: '/_inspectors' }),
      ])
      const { get, statusOf } = await open(t, { on: framework, source, mount: '/internal' })
      assert.deepEqual(
        (await get<State>('state')).requests.map(({ id }) => id),
        [4],
      )
      assert.equal(await statusOf('requests/3'), 404)
      assert.deepEqual(await get('search?q=inspector'), { ids: [4] })
    })
  })
}

describe('one request in the inspector', () => {
  it('has its layers, its fields, and the source around its error', async (t) => {
    const { get } = await open(t, { source: new FakeSource([failing(7, 1000)]) })
    const detail = await get<Detail>('requests/7')
    assert.deepEqual(
      detail.runs.map(({ name, depth, outcome }) => [name, depth, outcome]),
      [
        ['requestLog', 0, 'next'],
        ['openSession', 0, 'next'],
        ['orders', 0, 'failed'],
        ['mustBeSignedIn', 1, 'next'],
        ['showOrder', 1, 'failed'],
        ['problem', 0, 'answered'],
      ],
    )
    assert.deepEqual(detail.requestFields[0], ['Host', 'localhost:3000'])
    const frame = detail.failure?.frame
    assert.ok(frame)
    assert.equal(frame.place, 'src/routes/orders.js:14:43')
    assert.match(frame.lines[frame.line - frame.from] ?? '', /order\.lines\.reduce/)
    assert.ok(frame.lines[frame.line - frame.from]?.slice(frame.column - 1).startsWith('reduce('))
  })

  it('is a 404 when it is not kept any more', async (t) => {
    const { statusOf } = await open(t, { source: new FakeSource([record(1)]) })
    assert.equal(await statusOf('requests/1'), 200)
    for (const id of ['2', '01x', '-1', '1/fields', '999999999999999999']) {
      assert.equal(await statusOf(`requests/${id}`), 404, id)
    }
  })

  it('is found by what is in its fields, its layers, its error and its incidents', async (t) => {
    const other = record(3, { requestFields: [['X-Tenant', 'Acme']], runs: [run('loadTenant', [0, 1, 2])] })
    const { get } = await open(t, { source: new FakeSource([failing(1, 0), hung(2, 0), other]) })
    const found = async (query: string) =>
      (await get<{ ids: number[] }>(`search?q=${encodeURIComponent(query)}`)).ids
    assert.deepEqual(await found('acme'), [3])
    assert.deepEqual(await found('x-tenant: acme loadtenant'), [3])
    assert.deepEqual(await found('reduce'), [1])
    assert.deepEqual(await found('neither answered'), [2])
    assert.deepEqual(await found('acme reduce'), [])
    assert.deepEqual(await found('   '), [])
  })
})

describe('the routes in the inspector', () => {
  it('are the tree of layers, each with what the audit says of it', async (t) => {
    const { get } = await open(t)
    const { layers, findings } = await get<Routes>('routes')
    const named = (name: string): WireLayer | undefined => layers.find((layer) => layer.name === name)
    assert.deepEqual(named('orders')?.children[1]?.fullPaths, ['/api/orders/:id'])
    assert.deepEqual(
      named('jsonParser')?.findings.map((index) => findings[index]?.rule),
      ['body-parser-after-route'],
    )
    assert.deepEqual(named('requestLog')?.findings, [])
    assert.equal(named('problem')?.registeredAt, 'src/app.js:23:5')
    assert.equal(findings[2]?.place, null)
  })

  it('explain what would become of a request', async (t) => {
    const { get, page } = await open(t)
    const explained = await get<WireExplained>('explain?method=get&url=/api/orders/42')
    assert.equal(explained.method, 'GET')
    const answers = explained.steps.find(({ verdict }) => verdict === 'answers')
    assert.equal(answers?.name, 'showOrder')
    assert.deepEqual(answers?.params, [['id', '42']])
    assert.equal(answers?.place, 'src/routes/orders.js:12:20')
    assert.deepEqual([explained.status, explained.steps.at(-1)?.verdict], [null, 'unreached'])
    const lost = await get<WireExplained>('explain?method=PUT&url=/nowhere')
    assert.equal(lost.status, 404)
    assert.deepEqual(
      lost.nearest.map(({ instead }) => instead),
      ['/api/orders/42', null],
    )
    for (const query of [
      'method=GET&url=nowhere',
      'method=G%20ET&url=/',
      'method=GET&url=https://example.org/',
    ]) {
      assert.equal((await ask(`${page}/api/explain?${query}`)).status, 400, query)
    }
  })

  it('say what went wrong when they can not be read, and the application goes on', async (t) => {
    const source = new FakeSource()
    source.layers = () => {
      throw new Error('a faked layer')
    }
    const { origin, page } = await open(t, { source })
    const answer = await ask(`${page}/api/routes`)
    assert.equal(answer.status, 500)
    assert.match(answer.text, /a faked layer/)
    assert.equal((await ask(`${origin}/hello`)).status, 200)
  })
})

describe('sources in the inspector', () => {
  it('are shown around the places that it names', async (t) => {
    const { get } = await open(t)
    const frame = await get<CodeFrame>('frame?place=src/app.js:14:5')
    assert.equal(frame.from, 9)
    assert.equal(frame.line, 14)
    assert.match(frame.lines[5] ?? '', /app\.post\('\/api\/reviews'/)
  })

  it('are not shown around other places', async (t) => {
    const { statusOf } = await open(t)
    for (const place of [
      'src/app.js:15:5',
      'src/app.js:14',
      '../bookshop.mts:1:1',
      '/etc/passwd:1:1',
      'src/store.js:1:1',
      '',
    ]) {
      assert.equal(await statusOf(`frame?place=${encodeURIComponent(place)}`), 404, place)
    }
  })

  it('are not shown of files outside of the application, of links out of it, and of what is no script', async (t) => {
    const folder = await realpath(await mkdtemp(join(tmpdir(), 'inspector-')))
    t.after(() => rm(folder, { recursive: true }))
    const root = join(folder, 'app')
    await mkdir(root)
    await writeFile(join(folder, 'outside.js'), 'const outside = 1\n')
    await writeFile(join(root, 'inside.js'), 'const inside = 1\n')
    await writeFile(join(root, '.env'), 'SECRET=1\n')
    await writeFile(join(root, 'config.json'), '{}\n')
    await writeFile(join(root, 'huge.js'), 'x'.repeat(3_000_000))
    await symlink(join(folder, 'outside.js'), join(root, 'link.js'))
    const files = ['inside.js', 'link.js', '.env', 'config.json', 'huge.js', 'missing.js', '../outside.js']
    const runs = files.map((file) =>
      run(file, [0, 1, 2], { place: { file: join(root, file), line: 1, column: 1 } }),
    )
    const { get, statusOf } = await open(t, { root, source: new FakeSource([record(1, { runs })]) })
    const places = (await get<Detail>('requests/1')).runs.map(({ place }) => place ?? '')
    const statuses = await Promise.all(
      places.map((place) => statusOf(`frame?place=${encodeURIComponent(place)}`)),
    )
    assert.deepEqual(statuses, [200, 404, 404, 404, 404, 404, 404])
  })

  it('are left out where a place says more than the file has', async (t) => {
    const runs = [run('gone', [0, 1, 2], { place: { ...at('app.js', 9000, 1) } })]
    const { statusOf } = await open(t, { source: new FakeSource([record(1, { runs })]) })
    assert.equal(await statusOf('frame?place=src/app.js:9000:1'), 404)
  })
})
