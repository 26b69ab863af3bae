// A client typed by an application as it is written. Compiled only: what is wrong here fails `tsc -b`.

import { validate, version, versions } from '@nozomi/schema'
import { createClient, type NoRoutes } from '@nozomi/schema/client'
import { expectTypeOf } from 'expect-type'
import express from 'express'
import Joi from 'joi'
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

// Answers of several media types; two contracts of one route, both of which say answers; a list of handlers.
const Problem = z.object({ title: z.string() })
const guarded = validate({ headers: z.object({ 'x-key': z.string() }), response: { 401: Problem } })
const reports = nozomi()
  .get(
    '/report',
    validate({
      query: z.object({ year: z.number().optional() }),
      response: {
        200: {
          content: { 'application/json': User, 'text/csv': z.string(), 'application/pdf': null },
        },
        406: { content: { 'application/problem+json': Problem } },
      },
    }),
    (_req, res) => res.type('csv').send('id'),
  )
  .get('/export', validate({ response: { 200: { content: { 'text/csv': null } } } }), (_req, res) =>
    res.send('id'),
  )
  .put('/guarded/:id', guarded, validate({ ...shown, body: User.pick({ id: true }) }), (_req, res) => {
    res.json({ id: 1, since: new Date() })
  })
  .get('/listed/:id', [guarded, validate(shown)], (_req, res) => {
    res.json({ id: 1, since: new Date() })
  })

export async function askForReports(): Promise<void> {
  const client = createClient<typeof reports>()
  const report = await client.get('/report', { query: { year: 2026 }, headers: { accept: 'text/csv' } })
  // Which media type came, the fields say: `data` is one of all.
  if (report.ok) expectTypeOf(report.data).toEqualTypeOf<{ id: number; since: string } | string | Blob>()
  if (report.status === 406) expectTypeOf(report.data).toEqualTypeOf<{ title: string }>()
  const text = await client.get('/export')
  if (text.ok) expectTypeOf(text.data).toEqualTypeOf<string>()

  const put = await client.put('/guarded/:id', {
    params: { id: 1 },
    body: { id: 1 },
    headers: { 'x-key': 'a' },
  })
  if (put.status === 200) expectTypeOf(put.data).toEqualTypeOf<{ id: number; since: string }>()
  else if (put.status === 401) expectTypeOf(put.data).toEqualTypeOf<{ title: string }>()
  else expectTypeOf(put.data).toBeUnknown()
  // @ts-expect-error the second contract has a body
  await client.put('/guarded/:id', { params: { id: 1 } })
  // @ts-expect-error the id of the second contract is a number
  await client.put('/guarded/:id', { params: { id: 'x' }, body: { id: 1 } })
  const listed = await client.get('/listed/:id', { params: { id: 1 } })
  if (listed.status === 401) expectTypeOf(listed.data.title).toEqualTypeOf<string>()
  if (listed.ok) expectTypeOf(listed.data.since).toEqualTypeOf<string>()
}

export async function ask(): Promise<void> {
  const one = await createClient<typeof app>().get('/users/:id', { params: { id: 1 } })
  if (one.ok) expectTypeOf(one.data).toEqualTypeOf<{ id: number; since: string }>()
  const two = await createClient<typeof app>().get('/api/v2/:id', { params: { id: 1 } })
  if (two.ok) expectTypeOf(two.data).toEqualTypeOf<{ id: number; since: string }>()
  const three = await createClient<typeof other>().get('/:id', { params: { id: 1 } })
  if (three.ok) expectTypeOf(three.data).toEqualTypeOf<{ id: number; since: string }>()
}

// Joi says what comes out of a schema: that is what a client gives.
const Named = Joi.object<{ name: string }>()
const ofJoi = express().post('/named', validate({ body: Named, response: { 200: Named } }), (req, res) => {
  res.json(req.body)
})

export async function schemasOfJoi(): Promise<void> {
  const named = await createClient<typeof ofJoi>().post('/named', { body: { name: 'Ada' } })
  if (named.ok) expectTypeOf(named.data).toEqualTypeOf<{ name: string }>()
  // @ts-expect-error a name is a text
  await createClient<typeof ofJoi>().post('/named', { body: { name: 7 } })
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
