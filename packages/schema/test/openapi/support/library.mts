import type { Request, Response } from 'express'
import { body, query } from 'express-validator'
import { celebrate, Joi, Segments } from 'celebrate'
import { type } from 'arktype'
import { toStandardJsonSchema } from '@valibot/to-json-schema'
import * as v from 'valibot'
import { z } from 'zod'
import { openapi, validate } from '#dist/index.js'
import type { FRAMEWORKS } from '../../support/frameworks.mjs'
import { end } from './step.mjs'

type Framework = (typeof FRAMEWORKS)[number]['framework']

const Author = z
  .object({ id: z.uuid(), name: z.string().min(1) })
  .meta({ id: 'Author', description: 'Who wrote it' })

const Shelf = z
  .object({
    name: z.string(),
    get shelves() {
      return z.array(Shelf)
    },
  })
  .meta({ title: 'Shelf' })

const Book = z
  .object({
    id: z.number().int(),
    title: z.string().min(1).max(200),
    author: Author,
    tags: z.array(z.string()).default([]),
    price: z.number().positive().nullable(),
    kind: z.discriminatedUnion('type', [
      z.object({ type: z.literal('paper'), pages: z.number().int() }),
      z.object({ type: z.literal('audio'), minutes: z.number() }),
    ]),
    added: z.date(),
  })
  .meta({ title: 'Book' })

const NewBook = Book.omit({ id: true, added: true }).meta({ title: 'NewBook' })

const KOKORO = {
  title: 'Kokoro',
  author: { id: '1c5eaf3e-3d5a-4c2b-9d3a-0e4a0f6c7b21', name: 'Natsume' },
  tags: [],
  price: null,
  kind: { type: 'paper', pages: 248 },
  added: new Date(0),
}

/** A library with a bit of everything that a document can say. */
export function createLibrary(framework: Framework) {
  const app = framework()
  const books = framework.Router()
  app.use(framework.json())
  app.use(
    '/books',
    validate({ tags: ['books'], headers: z.object({ 'x-library': z.string().optional() }) }),
    books,
  )
  books.get(
    '/',
    validate({
      summary: 'Lists books',
      query: z.object({
        page: z.number().int().min(1).default(1),
        tag: z.array(z.string()).optional(),
        filter: z.object({ author: z.string().optional(), from: z.number().optional() }).optional(),
      }),
      response: { 200: { schema: z.array(Book), headers: { 'X-Total': 'How many there are' } } },
    }),
    end,
  )
  books.post(
    '/',
    validate(
      {
        summary: 'Adds a book',
        security: ['session', { oauth: ['books:write'] }],
        body: NewBook,
        examples: [{ title: 'Kokoro' }],
        response: { 201: Book, 409: z.object({ message: z.string() }) },
      },
      { status: 422 },
    ),
    end,
  )
  books.get(
    '/:id',
    validate({ params: z.object({ id: z.number().int() }), response: { 200: Book, 404: null } }),
    (req: Request, res: Response) => void res.json({ ...KOKORO, id: Number(req.params['id']) }),
  )
  books.put('/:book', validate({ body: NewBook, deprecated: true, response: { 204: null } }), end)
  books.post(
    '/:id/cover',
    validate({
      files: { cover: { types: ['image/png'], maxBytes: 1e6 }, pages: { maxCount: 3, required: false } },
      body: z.object({ caption: z.string().optional() }),
      response: { 201: { contentType: 'image/png' } },
    }),
    end,
  )
  app.get(
    '/shelves{/:name}',
    validate({ response: { 200: Shelf, default: z.object({ error: z.string() }) } }),
    end,
  )
  app.get('/files/*path', end)
  app.get(/^\/isbn\/(\d{13})$/, end)
  app.post('/ark', validate({ body: type({ name: 'string', 'age?': 'number > 0' }) }), end)
  app.post(
    '/vali',
    validate({ body: toStandardJsonSchema(v.object({ name: v.pipe(v.string(), v.email()) })) }),
    end,
  )
  app.post(
    '/ev',
    body('email').isEmail(),
    body('tags.*').isString(),
    query('dry').optional().isBoolean(),
    end,
  )
  app.post('/joi', celebrate({ [Segments.BODY]: Joi.object({ n: Joi.number().integer().required() }) }), end)
  app.use(
    openapi(app, {
      info: { title: 'The library', version: '1.2.3', description: 'Books to *borrow*' },
      tags: [{ name: 'books', description: 'What there is to read' }],
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'sid' },
        oauth: {
          type: 'oauth2',
          flows: {
            clientCredentials: {
              tokenUrl: 'https://example.com/token',
              scopes: { 'books:write': 'Add books' },
            },
          },
        },
      },
    }),
  )
  return app
}
