/*
 * The text of an application with two hundred routes, for the type checker: with contracts; with the same schemas read by hand in the
 * handlers; and with neither types of requests nor of answers.
 */
export type Kind = 'typed' | 'by hand' | 'untyped' | 'chained'

const ROUTES = 200

export function routesText(kind: Kind): string {
  const hasContracts = kind === 'typed' || kind === 'chained'
  return [
    "import nozomi, { type RequestHandler } from 'nozomi'",
    "import { z } from 'zod'",
    hasContracts
      ? "import { createMiddleware, validate } from '@nozomi/schema'\nconst requireUser = createMiddleware<{ user: { id: number } }>((_req, _res, next) => next())"
      : 'declare function validate(contract: object): RequestHandler\ndeclare const requireUser: RequestHandler',
    kind === 'chained' ? 'export const app = nozomi()' : 'const app = nozomi()',
    ...Array.from({ length: ROUTES }, (_, i) => (kind === 'by hand' ? byHand(i) : route(kind, i))),
  ].join('\n')
}

function route(kind: Kind, i: number): string {
  const { params, query, body, created, missing } = schemas(i)
  const id = kind === 'untyped' ? 'Number(req.params.id)' : 'req.params.id'
  return `${kind === 'chained' ? '' : 'app'}.post('/things${i}/:id/parts/:part', requireUser, validate({
  params: ${params},
  query: ${query},
  body: ${body},
  response: { 201: ${created}, 404: ${missing} },
  summary: 'Route ${i}',
  tags: ['things'],
}), (req, res) => {
  if (req.query.sort === 'a') return void res.status(404).json({ title: 'none' })
  res.status(201).json({ id: ${id}, name: req.body.name, x: req.body.nested.x${i} })
})`
}

function byHand(i: number): string {
  const { params, query, body, created, missing } = schemas(i)
  return `const params${i} = ${params}
const query${i} = ${query}
const body${i} = ${body}
const created${i} = ${created}
const missing${i} = ${missing}
app.post('/things${i}/:id/parts/:part', requireUser, (req, res) => {
  const params = params${i}.parse(req.params)
  const query = query${i}.parse(req.query)
  const body = body${i}.parse(req.body)
  if (query.sort === 'a') return void res.status(404).json(missing${i}.parse({ title: 'none' }))
  const answer: z.input<typeof created${i}> = { id: params.id, name: body.name, x: body.nested.x${i} }
  res.status(201).json(answer)
})`
}

function schemas(i: number) {
  return {
    params: 'z.object({ id: z.coerce.number(), part: z.string() })',
    query: `z.object({ page: z.coerce.number().optional(), sort: z.enum(['a', 'b${i}']).default('a') })`,
    body: `z.object({ name: z.string(), price: z.number(), tags: z.array(z.string()), nested: z.object({ x${i}: z.number() }) })`,
    created: 'z.object({ id: z.number(), name: z.string(), x: z.number() })',
    missing: 'z.object({ title: z.string() })',
  }
}
