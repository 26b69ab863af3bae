// A client typed by an application as it is written. Compiled only: what is wrong here fails `tsc -b`.

import { validate, version, versions } from '@nozomi/schema'
import { createClient, type NoRoutes } from '@nozomi/schema/client'
import { expectTypeOf } from 'expect-type'
import express from 'express'
import nozomi from 'nozomi'
import { z } from 'zod'
import type { RoutesOf } from '#dist/types/served.js'

const User = z.object({ id: z.int(), since: z.date() })
const shown = { params: z.object({ id: z.number() }), response: { 200: User } } as const

const router = express.Router().get('/:id', validate(shown), (_req, res) => {
  res.json({ id: 1, since: new Date() })
})
const app = express()
  .get('/health', validate({ response: { 204: null } }), (_req, res) => res.status(204).end())
  .use('/users', router)
  .use('/api', versions([version('v1', router), version('v2', router)]))
expectTypeOf<keyof RoutesOf<typeof app>>().toEqualTypeOf<
  '/health' | '/users/:id' | '/api/v1/:id' | '/api/v2/:id'
>()

const other = nozomi().get('/:id', validate(shown), (_req, res) => {
  res.json({ id: 1, since: new Date() })
})

export async function ask(): Promise<void> {
  const one = await createClient<typeof app>().get('/users/:id', { params: { id: 1 } })
  if (one.ok) expectTypeOf(one.data).toEqualTypeOf<{ id: number; since: string }>()
  const two = await createClient<typeof app>().get('/api/v2/:id', { params: { id: 1 } })
  if (two.ok) expectTypeOf(two.data).toEqualTypeOf<{ id: number; since: string }>()
  const three = await createClient<typeof other>().get('/:id', { params: { id: 1 } })
  if (three.ok) expectTypeOf(three.data).toEqualTypeOf<{ id: number; since: string }>()
}

export async function applicationsOfStatements(): Promise<void> {
  const app = nozomi()
  app.get('/users', validate({}), (_req, res) => void res.json(1))
  const client = createClient<typeof app>()
  // @ts-expect-error routes of statements are not in the type
  await client.get('/users')
  type Path = Parameters<typeof client.get<'/users'>>[0]
  expectTypeOf<Path>().toExtend<NoRoutes<`${string}write routes in one chain${string}`>>()
}
