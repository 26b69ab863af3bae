import { randomUUID } from 'node:crypto'
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { ApiDocument } from '@nozomi/schema'
import type { FRAMEWORKS } from '../../support/frameworks.mjs'

type Framework = (typeof FRAMEWORKS)[number]['framework']
export type App = ReturnType<Framework>

const NEW_USER = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'age'],
  properties: {
    name: { type: 'string', minLength: 1, maxLength: 30 },
    age: { type: 'integer', minimum: 0, maximum: 150 },
    tags: { type: 'array', items: { type: 'string' }, maxItems: 3 },
  },
}

const USER = {
  type: 'object',
  additionalProperties: false,
  required: ['id', 'name', 'age'],
  properties: { id: { type: 'string', format: 'uuid' }, ...NEW_USER.properties },
}

const PROBLEM = {
  description: 'what is wrong',
  content: {
    'application/problem+json': {
      schema: { type: 'object', required: ['status'], properties: { status: { type: 'integer' } } },
    },
  },
}

/** What the application below is described by. */
export const DOCUMENT: ApiDocument = {
  openapi: '3.1.0',
  paths: {
    '/users': {
      post: {
        operationId: 'createUser',
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/NewUser' } } },
        },
        responses: {
          201: {
            description: 'made',
            headers: { Location: { required: true, schema: { type: 'string' } } },
            content: { 'application/json': { schema: { $ref: '#/components/schemas/User' } } },
          },
          400: { $ref: '#/components/responses/Problem' },
        },
      },
    },
    '/users/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } }],
      get: {
        operationId: 'getUser',
        parameters: [{ name: 'depth', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 5 } }],
        responses: {
          200: {
            description: 'it',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/User' } } },
          },
          400: { $ref: '#/components/responses/Problem' },
          404: { $ref: '#/components/responses/Problem' },
        },
      },
      delete: {
        operationId: 'deleteUser',
        responses: {
          204: { description: 'gone' },
          400: { $ref: '#/components/responses/Problem' },
          404: { $ref: '#/components/responses/Problem' },
        },
      },
    },
  },
  components: { schemas: { NewUser: NEW_USER, User: USER }, responses: { Problem: PROBLEM } },
}

export interface NewUser {
  name: string
  age: number
  tags?: string[]
}

/** Where an application goes wrong. */
export interface Bugs {
  /** Runs in place of making a user; returns whether it has answered. */
  readonly create?: (user: NewUser, req: any, res: any) => boolean
  /** Runs when a user is shown that is there. */
  readonly show?: (req: any, res: any) => boolean
  /** What of the body is checked; default: all that the document says. */
  readonly schema?: object
  /** Runs on the body as it was parsed, before it is checked. */
  readonly parsed?: (body: unknown) => void
}

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/iu

/** An application that does what its document says, but for its bugs. */
export function usersApp(framework: Framework, bugs: Bugs = {}): App {
  const isNewUser = new Ajv2020({ strict: false }).compile(bugs.schema ?? NEW_USER)
  const users = new Map<string, NewUser>()
  const problem = (res: any, status: number): void =>
    void res.status(status).type('application/problem+json').send(JSON.stringify({ status }))
  const app = framework()
  app.post('/users', framework.json(), (req: any, res: any) => {
    bugs.parsed?.(req.body)
    if (!isNewUser(req.body)) return problem(res, 400)
    if (bugs.create?.(req.body as NewUser, req, res)) return undefined
    const id = randomUUID()
    users.set(id, req.body as NewUser)
    return res
      .status(201)
      .location(`/users/${id}`)
      .json({ ...(req.body as NewUser), id })
  })
  app.get('/users/:id', (req: any, res: any) => {
    const { depth = '1' } = req.query
    const id = String(req.params.id).replace(/^urn:uuid:/iu, '')
    if (!UUID.test(id) || !/^[1-5]$/u.test(String(depth))) return problem(res, 400)
    const user = users.get(id)
    if (!user) return problem(res, 404)
    if (bugs.show?.(req, res)) return undefined
    return res.json({ ...user, id })
  })
  app.delete('/users/:id', (req: any, res: any) => {
    if (!UUID.test(req.params.id)) return problem(res, 400)
    return users.delete(req.params.id) ? res.sendStatus(204) : problem(res, 404)
  })
  app.use((error: any, _req: any, res: any, _next: any) =>
    problem(res, error.status === undefined ? 500 : 400),
  )
  return app
}
