// What a client knows of versions. Compiled only: what is wrong here fails `tsc -b`.

import { version, versions, type VersionUsage } from '@nozomi/schema'
import { createClient } from '@nozomi/schema/client'
import { expectTypeOf } from 'expect-type'
import type { RequestHandler } from 'express-serve-static-core'
import { z } from 'zod'
import type { Endpoint, RoutesOf, Serves } from '#dist/types/served.js'

const First = { response: { 200: z.object({ price: z.number() }) } } as const
const Second = { response: { 200: z.object({ price: z.string() }) } } as const
declare const v1: RequestHandler &
  Serves<{
    '/products/:id': { get: Endpoint<'/products/:id', typeof First> }
    '/': { get: Endpoint<'/', unknown> }
  }>
declare const v2: RequestHandler &
  Serves<{ '/products/:id': { get: Endpoint<'/products/:id', typeof Second> } }>
declare const untyped: RequestHandler

// By path, the routes of a version stand behind its name.
const both = versions([version('v1', v1, { deprecated: new Date() }), version('v2', v2)])
expectTypeOf<keyof RoutesOf<typeof both>>().toEqualTypeOf<'/v1/products/:id' | '/v1' | '/v2/products/:id'>()
expectTypeOf(both.usage()).toEqualTypeOf<VersionUsage[]>()
export async function ask(): Promise<void> {
  const client = createClient<typeof both>()
  const one = await client.get('/v1/products/:id', { params: { id: 1 } })
  if (one.ok) expectTypeOf(one.data.price).toEqualTypeOf<number>()
  const two = await client.get('/v2/products/:id', { params: { id: 1 } })
  if (two.ok) expectTypeOf(two.data.price).toEqualTypeOf<string>()
  await client.get('/v1')
  // @ts-expect-error the version is a part of the path
  await client.get('/products/:id', { params: { id: 1 } })
  // @ts-expect-error a parameter is required
  await client.get('/v1/products/:id')
}

// By path and fields as well; by fields alone a client is typed by the router of its version.
const several = versions([version('v1', v1)], { by: ['path', 'header'] })
expectTypeOf<keyof RoutesOf<typeof several>>().toEqualTypeOf<'/v1/products/:id' | '/v1'>()
const fields = versions([version('v1', v1)], { by: 'header' })
expectTypeOf<RoutesOf<typeof fields>>().toBeUnknown()
const field = version('v1', v1, { by: 'media-type' })
expectTypeOf<RoutesOf<typeof field>>().toBeUnknown()
export const second = createClient<typeof v2>({ headers: { 'API-Version': '2' } }).get('/products/:id', {
  params: { id: 1 },
})

// Of a router whose type knows no routes there are none; it is mounted all the same.
const plain = version('v1', untyped)
expectTypeOf(plain).toExtend<RequestHandler>()

// @ts-expect-error there is no such way
version('v1', v1, { by: 'query' })
// @ts-expect-error there is no such option
version('v1', v1, { sunset: new Date(), deprecatedSince: new Date() })
// @ts-expect-error there is no such option
versions([version('v1', v1)], { by: 'header', fields: 'X' })
// @ts-expect-error what is of one version
versions([version('v1', v1)], { sunset: new Date() })
// @ts-expect-error a date
version('v1', v1, { sunset: '2027-01-01' })
// @ts-expect-error a list of what version() returned
versions([v1])
