import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { createClient } from '@nozomi/schema/client'
import { FRAMEWORKS } from '../support/frameworks.mjs'
import { serving } from '../support/serving.mjs'

/** Any path, with any method: what is typed is tested in *.types.mts. */
type AnyClient = Record<'get' | 'head' | 'post' | 'put' | 'patch' | 'delete' | 'options' | 'query', AnyCall>
type AnyCall = (path: string, request?: object) => Promise<{ status: number; data: any; ok: boolean }>

for (const { name: framework, framework: express } of FRAMEWORKS) {
  /** A client of an application that answers with what it was asked. */
  const start = async (t: TestContext, options: { parser?: 'simple' | 'extended'; headers?: any } = {}) => {
    const app = express()
    app.set('query parser', options.parser ?? 'simple')
    app.use(express.json({ strict: false }), express.urlencoded(), express.text({ type: ['text/*'] }))
    app.use(express.raw({ type: ['application/octet-stream', 'multipart/form-data'] }))
    const echo = (req: any, res: any) => {
      const { method, params, query, body, headers, url } = req
      const text = Buffer.isBuffer(body) ? body.toString() : body
      res.json({ method, params, query, url, type: headers['content-type'], body: text, headers })
    }
    for (const path of ['/users/:id', '/:from-:to', '/files/*path', '/list{/:page}', '/:"any name"/x'])
      app.all(path, echo)
    app.all('/echo', echo)
    const baseUrl = await serving(t, app)
    const { headers } = options
    return createClient({ baseUrl: `${baseUrl}/`, ...(headers && { headers }) }) as unknown as AnyClient
  }

  describe(`${framework}: a client`, () => {
    it('asks with the method of its function', async (t) => {
      const client = await start(t)
      for (const method of ['get', 'post', 'put', 'patch', 'delete'] as const) {
        assert.equal((await client[method]('/echo')).data.method, method.toUpperCase())
      }
      const head = await client.head('/echo')
      assert.deepEqual([head.status, head.data], [200, undefined])
    })

    it('puts parameters into the path, so that the route gets them as they were', async (t) => {
      const client = await start(t)
      for (const id of ['7', 'a/b', 'ü%&?#', '%2F', 'a b', '.x', '..x', '\u{1F6B2}', 'constructor']) {
        assert.deepEqual((await client.get('/users/:id', { params: { id } })).data.params, { id })
        assert.deepEqual((await client.get('/users/{id}', { params: { id } })).data.params, { id })
      }
      assert.deepEqual((await client.get('/users/:id', { params: { id: 7n } })).data.params, { id: '7' })
      const range = await client.get('/:from-:to', { params: { from: 1, to: 2 } })
      assert.deepEqual(range.data.params, { from: '1', to: '2' })
      const quoted = await client.get('/:"any name"/x', { params: { 'any name': 'y' } })
      assert.deepEqual(quoted.data.params, { 'any name': 'y' })
    })

    it('puts segments for a wildcard, and leaves out what is optional', async (t) => {
      const client = await start(t)
      for (const path of [['a', 'b c', 'd/e'], 'a/b c/d%2Fe']) {
        const { data } = await client.get('/files/*path', { params: { path } })
        assert.deepEqual(data.params.path[1], 'b c')
        assert.equal(data.params.path.length, 3)
      }
      assert.equal((await client.get('/list{/:page}')).data.url, '/list')
      assert.equal((await client.get('/list{/:page}', { params: { page: undefined } })).data.url, '/list')
      assert.equal((await client.get('/list{/:page}', { params: { page: 2 } })).data.url, '/list/2')
    })

    it('refuses parameters that are missing, or that would lead to another path', async (t) => {
      const client = await start(t)
      for (const params of [undefined, {}, { id: undefined }, { id: '' }, { name: 'x' }]) {
        await assert.rejects(client.get('/users/:id', { params }), /users\/:id: the parameter id is missing/)
      }
      await assert.rejects(client.get('/users/:constructor'), /the parameter constructor is missing/)
      for (const id of ['..', '.']) {
        await assert.rejects(client.get('/users/:id', { params: { id } }), TypeError)
        await assert.rejects(client.get('/files/*path', { params: { path: ['a', id, 'b'] } }), TypeError)
      }
    })

    it('writes queries that both parsers read: values, and lists as repeated keys', async (t) => {
      const query = {
        a: 'ü&=+ #',
        n: 7,
        yes: true,
        big: 7n,
        list: ['x', 2],
        none: null,
        no: undefined,
        empty: [],
      }
      for (const parser of ['simple', 'extended'] as const) {
        const client = await start(t, { parser })
        const { data } = await client.get('/echo', { query })
        const seen = { a: 'ü&=+ #', n: '7', yes: 'true', big: '7', list: ['x', '2'] }
        assert.deepEqual({ ...data.query }, seen, parser)
        const dated = await client.get('/echo', { query: { at: new Date(0), none: null } })
        assert.deepEqual({ ...dated.data.query }, { at: '1970-01-01T00:00:00.000Z' })
        assert.equal((await client.get('/echo', { query: { none: null } })).data.url, '/echo')
      }
    })

    it('writes nested queries that the extended parser reads', async (t) => {
      const client = await start(t, { parser: 'extended' })
      const query = {
        filter: { name: { contains: 'a&b' }, tags: ['x', 'y'], 'odd key&': '1' },
        items: [{ id: '1', sizes: ['s', 'm'] }, { id: '2' }],
        rows: [
          ['a', 'b'],
          ['c', 'd'],
        ],
      }
      assert.deepEqual((await client.get('/echo', { query })).data.query, query)
    })

    it('takes URLSearchParams for a query', async (t) => {
      const { data } = await (await start(t)).get('/echo', { query: new URLSearchParams('a=1&a=2') })
      assert.deepEqual({ ...data.query }, { a: ['1', '2'] })
    })

    it('sends bodies as JSON', async (t) => {
      const client = await start(t)
      for (const body of [{ a: [1, { b: null }] }, [], 'text', 0, false, null]) {
        const { data } = await client.post('/echo', { body })
        assert.deepEqual([data.body, data.type], [body, 'application/json'])
      }
      const none = await client.post('/echo', {})
      assert.equal(none.data.type, undefined)
      const headers = { 'Content-Type': 'application/json; charset=utf-8' }
      assert.equal(
        (await client.post('/echo', { body: { a: 1 }, headers })).data.type,
        headers['Content-Type'],
      )
    })

    it('sends forms, bytes and streams as they are, and text under its own type', async (t) => {
      const client = await start(t, { headers: { 'content-type': 'application/json' } })
      const form = new FormData()
      form.set('a', '1')
      form.set('file', new Blob(['inside']), 'name.txt')
      const sent = await client.post('/echo', { body: form })
      assert.match(sent.data.type, /^multipart\/form-data; boundary=/)
      assert.match(sent.data.body, /filename="name\.txt"[^]*inside/)

      const plain = await start(t)
      const search = await plain.post('/echo', { body: new URLSearchParams('a=1&b=2') })
      assert.deepEqual({ ...search.data.body }, { a: '1', b: '2' })
      const headers = { 'Content-Type': 'application/octet-stream' }
      const bytes = new TextEncoder().encode('bytes')
      for (const body of [bytes, bytes.buffer, new Blob([bytes]), new Blob([bytes]).stream()]) {
        assert.equal((await plain.post('/echo', { body, headers })).data.body, 'bytes')
      }
      const text = await plain.post('/echo', { body: '{"a":1}', headers: { 'Content-Type': 'text/plain' } })
      assert.equal(text.data.body, '{"a":1}')
    })

    it('sends its own fields, over those that are the same for all', async (t) => {
      const client = await start(t, { headers: { 'X-One': 'all', 'X-Two': 'all', 'X-Three': 'all' } })
      const { data } = await client.get('/echo', { headers: { 'x-two': 2, 'x-three': undefined } })
      const seen = ['x-one', 'x-two', 'x-three'].map((name) => data.headers[name])
      assert.deepEqual(seen, ['all', '2', undefined])
      for (const headers of [new Headers({ 'x-two': '2' }), [['x-two', '2']]]) {
        assert.equal((await client.get('/echo', { headers })).data.headers['x-two'], '2')
      }
    })

    it('asks for the fields of each request, when they are a function', async (t) => {
      let token = 0
      const client = await start(t, { headers: async () => ({ authorization: `Bearer ${++token}` }) })
      assert.equal((await client.get('/echo')).data.headers.authorization, 'Bearer 1')
      assert.equal((await client.get('/echo')).data.headers.authorization, 'Bearer 2')
    })
  })
}

describe("the caller's fetch", () => {
  it('gets what it can send again, and decides what is answered', async () => {
    const asked: [string, RequestInit][] = []
    const client = createClient({
      baseUrl: 'https://api.example/v1',
      fetch: async (url, init) => {
        asked.push([url, init])
        return Response.json({ tried: asked.length }, { status: 201 })
      },
    }) as unknown as AnyClient
    const { signal } = new AbortController()
    const answer = await client.post('/users', {
      body: { a: 1 },
      signal,
      credentials: 'include',
      query: { q: 'ü' },
    })
    assert.deepEqual([answer.ok, answer.status, answer.data], [true, 201, { tried: 1 }])
    const [[url, { method, body, headers, ...rest }]] = asked as [[string, RequestInit]]
    assert.deepEqual([url, method, body], ['https://api.example/v1/users?q=%C3%BC', 'POST', '{"a":1}'])
    assert.equal((headers as Headers).get('content-type'), 'application/json')
    assert.deepEqual(rest, { signal, credentials: 'include' })
  })

  it('is the one that is there when a request is sent', async (t) => {
    const client = createClient() as unknown as AnyClient
    const { fetch } = globalThis
    t.after(() => {
      globalThis.fetch = fetch
    })
    globalThis.fetch = async (url) => Response.json(String(url))
    assert.equal((await client.get('/users')).data, '/users')
  })

  it('sees queries as they are written by option', async () => {
    const client = createClient({
      formatQuery: (query) => `q=${Object.keys(query).join('|')}`,
      fetch: async (url) => Response.json(url),
    }) as unknown as AnyClient
    assert.equal((await client.get('/users', { query: { a: 1, b: 2 } })).data, '/users?q=a|b')
  })
})
