// A client typed by what openapi-typescript makes of a document. Compiled only: what is wrong here fails `tsc -b`.

import { createClient } from '@nozomi/schema/client'
import { expectTypeOf } from 'expect-type'

/** In the form of openapi-typescript 7. */
interface paths {
  '/users/{id}': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never }
    get: operations['showUser']
    put?: never
    post?: never
    delete: {
      parameters: { query?: never; header?: never; path: { id: number }; cookie?: never }
      requestBody?: never
      responses: { 204: { headers: { [name: string]: unknown }; content?: never } }
    }
    options?: never
    head?: never
    patch: {
      parameters: { query?: never; header?: never; path: { id: number }; cookie?: never }
      requestBody?: never
      responses: { default: { headers: { [name: string]: unknown }; content: { '*/*': unknown } } }
    }
    trace?: never
  }
  '/users': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never }
    get: {
      parameters: {
        query: { q: string; page?: number }
        header?: { 'x-trace'?: string }
        path?: never
        cookie?: never
      }
      requestBody?: never
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'text/csv': string } } }
    }
    put?: never
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never }
      requestBody: { content: { 'application/json': components['schemas']['NewUser'] } }
      responses: {
        201: {
          headers: { [name: string]: unknown }
          content: { 'application/json': components['schemas']['User'] }
        }
        default: {
          headers: { [name: string]: unknown }
          content: { 'application/problem+json': components['schemas']['Problem'] }
        }
      }
    }
    patch: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never }
      requestBody?: { content: { 'multipart/form-data': { file?: string } } }
      responses: { 200: { headers: { [name: string]: unknown }; content: { 'image/png': string } } }
    }
  }
}
interface components {
  schemas: {
    User: { id: number; name: string; friends?: components['schemas']['User'][] }
    NewUser: { name: string }
    Problem: { title: string }
  }
}
interface operations {
  showUser: {
    parameters: { query?: never; header?: never; path: { id: number }; cookie?: never }
    requestBody?: never
    responses: {
      200: {
        headers: { [name: string]: unknown }
        content: { 'application/json': components['schemas']['User'] }
      }
      404: {
        headers: { [name: string]: unknown }
        content: { 'application/problem+json': components['schemas']['Problem'] }
      }
    }
  }
}

const client = createClient<paths>()

export async function answers(): Promise<void> {
  const shown = await client.get('/users/{id}', { params: { id: 1 } })
  if (shown.status === 200) expectTypeOf(shown.data.id).toEqualTypeOf<number>()
  else if (shown.status === 404) expectTypeOf(shown.data).toEqualTypeOf<{ title: string }>()
  else expectTypeOf(shown.data).toBeUnknown()
  if (shown.ok) expectTypeOf(shown.data.friends?.[0]?.name).toEqualTypeOf<string | undefined>()

  const created = await client.post('/users', { body: { name: 'Ada' } })
  if (created.ok) expectTypeOf(created.data.name).toEqualTypeOf<string>()
  else expectTypeOf(created.data).toEqualTypeOf<{ title: string }>()

  const removed = await client.delete('/users/{id}', { params: { id: 1 } })
  if (removed.ok) expectTypeOf(removed.data).toEqualTypeOf<undefined>()
  const undescribed = await client.patch('/users/{id}', { params: { id: 1 } })
  if (undescribed.ok) expectTypeOf(undescribed.data).toBeUnknown()
  const csv = await client.get('/users', { query: { q: 'x' } })
  if (csv.ok) expectTypeOf(csv.data).toEqualTypeOf<string>()
  const picture = await client.patch('/users', { body: new FormData() })
  if (picture.ok) expectTypeOf(picture.data).toEqualTypeOf<Blob>()
}

export async function requests(): Promise<void> {
  // @ts-expect-error there is no such path
  await client.get('/user/{id}', { params: { id: 1 } })
  // @ts-expect-error it takes no PUT
  await client.put('/users/{id}', { params: { id: 1 } })
  // @ts-expect-error a parameter is required
  await client.get('/users/{id}')
  // @ts-expect-error a number
  await client.get('/users/{id}', { params: { id: 'x' } })
  // @ts-expect-error q is required
  await client.get('/users', { query: { page: 1 } })
  await client.get('/users', { query: { q: 'x', page: 1 }, headers: { 'x-trace': 'a' } })
  // @ts-expect-error this operation has no query
  await client.delete('/users/{id}', { params: { id: 1 }, query: { q: 'x' } })
  // @ts-expect-error a body is required
  await client.post('/users')
  // @ts-expect-error name is a text
  await client.post('/users', { body: { name: 1 } })
  // @ts-expect-error a form is sent as FormData
  await client.patch('/users', { body: { file: 'x' } })
  await client.patch('/users')
}
