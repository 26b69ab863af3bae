import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { celebrate, Joi, Segments } from 'celebrate'
import type { RequestHandler } from 'express'
import { z } from 'zod'
import { type Contract, type JsonSchema, type Operation, operationsOf, type Schema } from '#dist/index.js'
import { FRAMEWORKS } from '../../support/frameworks.mjs'
import { end, step } from '../../openapi/support/step.mjs'

interface Described {
  readonly jsonSchema: { input(options: object): JsonSchema }
}

const Book = z.object({ title: z.string() })

type Part = 'body' | 'query' | 'params'

/** Middleware as applications write it themselves. */
const OF_ZOD: readonly [string, RequestHandler, Contract][] = [
  [
    'one that is made for bodies',
    ((schema: typeof Book): RequestHandler => {
      return (req, _res, next) => {
        const result = schema.safeParse(req.body)
        if (result.success) next()
        else next(result.error)
      }
    })(Book),
    { body: Book },
  ],
  [
    'one that is told the part',
    ((schema: typeof Book, part: Part): RequestHandler => {
      return (req, _res, next) => {
        schema.parse(req[part])
        next()
      }
    })(Book, 'query'),
    { query: Book },
  ],
  [
    'one that is given schemas by part',
    ((schemas: { body?: typeof Book; params?: typeof Book }): RequestHandler => {
      return async (req, _res, next) => {
        if (schemas.body) req.body = await schemas.body.parseAsync(req.body)
        if (schemas.params) await schemas.params.parseAsync(req.params)
        next()
      }
    })({ body: Book, params: Book }),
    { body: Book, params: Book },
  ],
  [
    'one whose variables are called like the parts',
    ((query: typeof Book, bodySchema: typeof Book): RequestHandler => {
      return (req, _res, next) => {
        const results = [query.safeParse(req.query), bodySchema.safeParse(req.body)]
        next(results.find(({ success }) => !success)?.error)
      }
    })(Book, Book),
    { query: Book, body: Book },
  ],
  [
    'one that carries its schema',
    Object.assign(((req, _res, next) => next(req.body)) as RequestHandler, { schema: Book }),
    { body: Book },
  ],
  ['a handler that parses by itself', (req, res) => void res.json(Book.parse(req.body)), { body: Book }],
]

const Other = z.object({ other: z.string() })
void Other.safeParse({})

for (const { name, framework } of FRAMEWORKS) {
  describe(`schemas found in middleware on ${name}`, () => {
    const read = (...handlers: readonly RequestHandler[]): Operation => {
      const app = framework()
      app.post('/', ...handlers)
      return operationsOf(app)[0] as Operation
    }
    const jsonOf = (schema: unknown) =>
      ((schema as Schema)['~standard'] as unknown as Described).jsonSchema.input({})

    test('celebrate keeps those of Joi', () => {
      const body = Joi.object({ email: Joi.string().email().required() })
      const operation = read(
        celebrate({ [Segments.BODY]: body, [Segments.QUERY]: { page: Joi.number().integer().min(1) } }),
        end,
      )
      assert.equal(operation.source, 'joi')
      assert.equal(operation.contract.body, body)
      const { properties } = jsonOf(operation.contract.query)
      assert.deepEqual(properties, { page: { type: 'integer', minimum: 1 } })
    })

    for (const [what, handler, contract] of OF_ZOD) {
      test(`${what} is read`, () => {
        const operation = read(handler, end)
        assert.deepEqual(Object.keys(operation.contract).toSorted(), Object.keys(contract).toSorted())
        for (const [part, schema] of Object.entries(contract)) {
          assert.equal(operation.contract[part as Part], schema)
        }
        assert.equal(operation.source, 'zod')
      })
    }

    test('a schema of the whole request is taken apart', () => {
      const whole = z.object({ body: Book, query: z.object({ page: z.coerce.number() }) })
      const handler: RequestHandler = async (req, _res, next) => {
        await whole.parseAsync({ body: req.body, query: req.query, params: req.params })
        next()
      }
      const { contract } = read(handler, end)
      assert.deepEqual(Object.keys(contract).toSorted(), ['body', 'query'])
      assert.deepEqual(jsonOf(contract.query).properties, { page: { type: 'number' } })
    })

    test('a schema of Joi by itself is read as well', () => {
      const schema = Joi.object({ a: Joi.string() })
      const { contract, source } = read((req, _res, next) => next(schema.validate(req.query).error), end)
      assert.deepEqual([contract, source], [{ query: schema }, 'joi'])
    })

    test('a schema that is given to a function with a part of the request is of that part', () => {
      const check = (schema: typeof Book, value: unknown) => schema.parse(value)
      const swapped = (value: unknown, schema: typeof Book) => schema.parse(value)
      const { contract } = read((req, res) => {
        res.json([check(Book, req.body), swapped(req.query, Other as never)])
      })
      assert.equal(contract.body, Book)
      assert.equal(contract.query, Other)
    })

    test('the schema of an answer is none of the request', () => {
      const { contract } = read((req, res) => {
        const found = { title: String(req.query['title']) }
        res.json(Book.parse(found))
      })
      assert.deepEqual(contract, {})
    })

    test('what a contract says goes before what is found', () => {
      const said = z.object({ said: z.string() })
      const { contract, source } = read(step({ body: said }), (req, res) => {
        res.json([Book.parse(req.body), Other.parse(req.query)])
      })
      assert.equal(source, 'contract')
      assert.deepEqual(Object.keys(contract).toSorted(), ['body', 'query'])
      assert.equal(contract.body, said)
      assert.equal(contract.query, Other)
    })

    test('of what uses no schema nothing is said', () => {
      const { contract, source } = read(
        (_req, _res, next) => next(),
        (_req, res) => void res.send('schema'),
      )
      assert.deepEqual([contract, source], [{}, 'path'])
    })

    test('nothing of what is read runs, and what looks like a schema and is none does no harm', () => {
      const odd = Object.assign(((_req, _res, next) => next()) as RequestHandler, {
        builder: { fields: [1], locations: ['body'], stack: [null] },
        get _schema(): unknown {
          return new Proxy({}, { ownKeys: () => assert.fail('asked') })
        },
      })
      assert.deepEqual(read(odd, end).contract, {})
    })
  })
}
