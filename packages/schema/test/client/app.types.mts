// A client typed by an application. Compiled only: what is wrong here fails `tsc -b`.

import { createClient } from '@nozomi/schema/client'
import { expectTypeOf } from 'expect-type'
import { z } from 'zod'
import type { Endpoint, Serves } from '#dist/types/served.js'

const User = z.object({ id: z.int(), name: z.string(), since: z.date(), nick: z.string().optional() })
const Problem = z.object({ title: z.string(), status: z.int() })
const contracts = {
  show: {
    params: z.object({ id: z.number() }),
    headers: z.object({ 'x-trace': z.string() }),
    response: { 200: User, 404: { schema: Problem, contentType: 'application/problem+json' } },
  },
  list: {
    query: z.object({
      page: z.coerce.number().default(1),
      tags: z.array(z.string()).optional(),
      near: z.object({ lat: z.number() }).optional(),
    }),
    response: { 200: z.array(User) },
  },
  search: { query: z.object({ q: z.string(), sort: z.enum(['asc', 'desc']).default('asc') }) },
  create: {
    body: z.object({ name: z.string(), role: z.enum(['admin', 'user']).default('user') }),
    response: { 201: User, '4XX': Problem, default: null },
  },
  remove: { body: null, response: { 204: null } },
  upload: {
    files: { picture: { maxBytes: 1_000_000 } },
    body: z.object({ title: z.string() }),
    response: { 204: null },
  },
  form: {
    body: {
      'application/json': z.object({ a: z.number() }),
      'application/x-www-form-urlencoded': z.object({ a: z.coerce.number() }),
      'text/csv': z.string(),
    },
  },
  download: {
    response: {
      200: { contentType: 'application/pdf' },
      201: { contentType: 'text/plain', schema: z.string() },
      202: {},
    },
  },
} as const

type Contracts = typeof contracts
type Routes = {
  '/users': {
    get: Endpoint<'/users', Contracts['list']>
    post: Endpoint<'/users', Contracts['create']>
  }
  '/users/search': { get: Endpoint<'/users/search', Contracts['search']> }
  '/users/:id': { get: Endpoint<'/users/:id', Contracts['show']>; delete: Endpoint<'/users/:id', unknown> }
  '/users/all': { delete: Endpoint<'/users/all', Contracts['remove']> }
  '/users/:id/picture': { put: Endpoint<'/users/:id/picture', Contracts['upload']> }
  '/forms': { post: Endpoint<'/forms', Contracts['form']> }
  '/report{/:year}': { get: Endpoint<'/report{/:year}', Contracts['download']> }
  '/files/*path': { get: Endpoint<'/files/*path', unknown> }
  '/any': { all: Endpoint<'/any', unknown> }
}
declare const app: ((req: unknown, res: unknown) => void) & Serves<Routes>

const client = createClient<typeof app>({ baseUrl: 'http://localhost' })

export async function answers(): Promise<void> {
  // What data is follows from the status. Dates arrive as texts.
  const shown = await client.get('/users/:id', { params: { id: 1 } })
  if (shown.status === 200) {
    expectTypeOf(shown.data).toEqualTypeOf<{ id: number; name: string; since: string; nick?: string }>()
    expectTypeOf(shown.ok).toEqualTypeOf<true>()
  } else if (shown.status === 404) {
    expectTypeOf(shown.data).toEqualTypeOf<{ title: string; status: number }>()
    expectTypeOf(shown.ok).toEqualTypeOf<false>()
  } else {
    expectTypeOf(shown.data).toBeUnknown()
  }
  expectTypeOf(shown.headers).toEqualTypeOf<Headers>()
  expectTypeOf(shown.response).toEqualTypeOf<Response>()
  // @ts-expect-error of which answer this is, is not known yet
  String(shown.data.name)
  // @ts-expect-error no such status is declared, and no success but the declared one is expected
  if (shown.status === 201) throw new Error('never')

  // Or from `ok`, where one success is declared.
  if (shown.ok) expectTypeOf(shown.data.name).toEqualTypeOf<string>()
  else expectTypeOf(shown.data).toBeUnknown()

  // Ranges are all their statuses but those that are declared by themselves; default is for all others.
  const created = await client.post('/users', { body: { name: 'Ada' } })
  if (created.status === 409) expectTypeOf(created.data).toEqualTypeOf<{ title: string; status: number }>()
  if (created.status === 500) expectTypeOf(created.data).toEqualTypeOf<undefined>()
  if (created.ok) expectTypeOf(created.status).toEqualTypeOf<201>()

  // Media types: text, bytes, nothing.
  const report = await client.get('/report{/:year}')
  if (report.status === 200) expectTypeOf(report.data).toEqualTypeOf<Blob>()
  if (report.status === 201) expectTypeOf(report.data).toEqualTypeOf<string>()
  if (report.status === 202) expectTypeOf(report.data).toEqualTypeOf<undefined>()
  const stored = await client.put('/users/:id/picture', { params: { id: 'x' }, body: new FormData() })
  if (stored.status === 204) expectTypeOf(stored.data).toEqualTypeOf<undefined>()

  // Of a route without a contract nothing is known but its path.
  const removed = await client.delete('/users/:id', { params: { id: 1 } })
  expectTypeOf(removed.data).toBeUnknown()
  if (removed.ok) expectTypeOf(removed.data).toBeUnknown()

  // HEAD goes to GET, and has no data.
  const head = await client.head('/users/:id', { params: { id: 1 } })
  expectTypeOf(head.data).toEqualTypeOf<undefined>()
}

export async function requests(): Promise<void> {
  // Paths are those that take the method.
  // @ts-expect-error there is no such path
  await client.get('/user')
  // @ts-expect-error it takes no PUT
  await client.put('/users')
  await client.patch('/any', { body: { anything: 1 } })

  // Parameters: what the schema takes; without one, what can be written.
  // @ts-expect-error a parameter is required
  await client.get('/users/:id')
  // @ts-expect-error a parameter is required
  await client.get('/users/:id', {})
  // @ts-expect-error the schema wants a number
  await client.get('/users/:id', { params: { id: 'x' } })
  // @ts-expect-error there is no such parameter
  await client.get('/users/:id', { params: { id: 1, name: 'x' } })
  // @ts-expect-error a path without parameters takes none
  await client.get('/users', { params: { id: 1 } })
  await client.delete('/users/:id', { params: { id: 1n } })
  // @ts-expect-error an object can't be written in a path
  await client.delete('/users/:id', { params: { id: {} } })
  await client.get('/report{/:year}', { params: { year: 2026 } })
  await client.get('/report{/:year}', { params: {} })
  await client.get('/files/*path', { params: { path: ['a', 'b'] } })
  await client.get('/files/*path', { params: { path: 'a/b' } })

  // Queries: defaults are optional, and what coerces takes whatever can be written.
  await client.get('/users')
  await client.get('/users', { query: { page: '2', tags: ['a'], near: { lat: 1 } } })
  // @ts-expect-error a list of texts
  await client.get('/users', { query: { tags: [1] } })
  // @ts-expect-error there is no such key
  await client.get('/users', { query: { pages: 2 } })
  await client.get('/users/search', { query: { q: 'x' } })
  // @ts-expect-error q is required
  await client.get('/users/search', { query: {} })
  // @ts-expect-error q is required
  await client.get('/users/search')
  // @ts-expect-error asc or desc
  await client.get('/users/search', { query: { q: 'x', sort: 'up' } })
  await client.delete('/users/:id', { params: { id: 1 }, query: { deep: { list: [1, { a: true }] } } })

  // Fields: typed where the contract has them, never required, others at will.
  await client.get('/users/:id', { params: { id: 1 }, headers: { 'x-trace': 'a', 'x-other': 1 } })
  await client.get('/users/:id', { params: { id: 1 }, headers: new Headers() })

  // Bodies.
  await client.post('/users', { body: { name: 'Ada', role: 'admin' } })
  // @ts-expect-error a body is required
  await client.post('/users')
  // @ts-expect-error name is required
  await client.post('/users', { body: { role: 'admin' } })
  // @ts-expect-error no such role
  await client.post('/users', { body: { name: 'Ada', role: 'root' } })
  // @ts-expect-error no such member
  await client.post('/users', { body: { name: 'Ada', age: 1 } })
  // @ts-expect-error GET has no body
  await client.get('/users', { body: {} })
  // @ts-expect-error files are sent as a form
  await client.put('/users/:id/picture', { params: { id: 1 }, body: { title: 'x' } })
  await client.post('/forms', { body: { a: 1 } })
  await client.post('/forms', { body: new URLSearchParams('a=1') })
  await client.post('/forms', { body: 'a;b', headers: { 'content-type': 'text/csv' } })
  // @ts-expect-error a is a number
  await client.post('/forms', { body: { a: '1' } })

  await client.delete('/users/all')
  // @ts-expect-error no body is wanted
  await client.delete('/users/all', { body: {} })

  // What fetch takes besides.
  await client.get('/users', { signal: AbortSignal.timeout(1000), credentials: 'include' })
  // @ts-expect-error the method is the function
  await client.get('/users', { method: 'POST' })
}

// An application whose type knows no routes has no paths.
declare const untyped: (req: unknown, res: unknown) => void
// @ts-expect-error nothing is known of its routes
export const nothing = createClient<typeof untyped>().get('/users')
