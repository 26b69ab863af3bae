import type { ApiRoutes } from '../api-routes.js'
import type { ProblemKind } from '../problems/problem.js'
import { PROBLEMS } from '../problems/problem-catalogue.js'
import { formatsFor } from '../representations/formats.js'
import type { ApiVersion } from '../versions/api-version.js'
import { Components, type JsonSchema } from './components.js'
import type { AnswerDescription, BodyDescription, OperationDescription, Parameters } from './operation.js'

export const OPENAPI_VERSION = '3.1.1'

const PROBLEM_SCHEMA: JsonSchema = {
  type: 'object',
  description: 'RFC 9457. `errors` names each field that is wrong, and what would be right.',
  required: ['type', 'title', 'status', 'code', 'detail'],
  properties: {
    type: { type: 'string', description: 'The address of its explanation.' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string' },
    detail: { type: 'string' },
    errors: { type: 'array', items: { $ref: '#/components/schemas/FieldError' } },
  },
}

const FIELD_ERROR_SCHEMA: JsonSchema = {
  type: 'object',
  required: ['in', 'field', 'problem', 'expected'],
  properties: {
    in: { enum: ['body', 'header', 'path', 'query'] },
    field: { type: 'string', description: 'With dots where it is nested: `price.amount`.' },
    problem: { type: 'string' },
    expected: { type: 'string' },
  },
}

/** What every operation may answer. */
const ALWAYS = [PROBLEMS['invalid-input'], PROBLEMS['storage-unavailable']]

/** The OpenAPI document of all routes that are described. */
export function openApiDocument(routes: readonly ApiRoutes[]): object {
  const components = new Components()
  components.add('Problem', PROBLEM_SCHEMA)
  components.add('FieldError', FIELD_ERROR_SCHEMA)
  const paths: Record<string, Record<string, object>> = {}
  const tags = new Set<string>()
  for (const entry of routes) {
    for (const version of entry.versions === 'none' ? [null] : entry.versions) {
      for (const operation of entry.describe ?? []) {
        tags.add(operation.tag)
        const path = pathOf(entry, operation, version)
        paths[path] ??= {}
        paths[path][operation.method] = operationObject(operation, version, entry, components)
      }
    }
  }
  return {
    openapi: OPENAPI_VERSION,
    info: {
      title: 'The shop',
      version: '2.0.0',
      description:
        'Each version has its own addresses, `/api/v1` and `/api/v2`. Below `/api`, without a version in the path, ' +
        'the field `API-Version` or a media type in `Accept` chooses it.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/api' }],
    tags: [...tags].toSorted().map((name) => ({ name })),
    paths,
    components: {
      schemas: components.schemas,
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'An access token.' },
      },
    },
  }
}

/** The path in the document, below `/api`. */
export function pathOf(
  { path }: ApiRoutes,
  operation: OperationDescription,
  version: ApiVersion | null,
): string {
  const whole = `${path}${operation.path === '/' ? '' : operation.path}`.replaceAll(/:(\w+)/g, '{$1}')
  return version === null ? whole : `/${version}${whole}`
}

function operationObject(
  operation: OperationDescription,
  version: ApiVersion | null,
  { versions, deprecation }: ApiRoutes,
  components: Components,
): object {
  const { id, tag, summary, description, parameters = {}, body, answers, errors = [], security } = operation
  const suffix = version !== null && versions.length > 0 ? version.toUpperCase() : ''
  return {
    operationId: `${id}${suffix}`,
    tags: [tag],
    summary,
    ...(description !== undefined && { description }),
    ...(deprecation !== undefined && { deprecated: true }),
    parameters: parameterObjects(parameters, components),
    ...(body !== undefined && { requestBody: bodyObject(body, components) }),
    responses: {
      ...answerObjects(answers, version, components),
      ...problemObjects([...ALWAYS, ...errors, ...refusalsOf(operation)]),
    },
    ...(security !== undefined && {
      security: [{ bearer: [] }],
      ...(security !== 'user' && { 'x-permission': security.permission }),
    }),
  }
}

/** The problems that follow of what an operation is. */
function refusalsOf({ security, body, answers }: OperationDescription): readonly ProblemKind[] {
  const kinds: ProblemKind[] = []
  if (security !== undefined) kinds.push(PROBLEMS.unauthenticated)
  if (typeof security === 'object') kinds.push(PROBLEMS.forbidden)
  if (body !== undefined) kinds.push(PROBLEMS['body-too-large'], PROBLEMS['unsupported-media-type'])
  if (Object.values(answers).some(({ shown }) => shown !== undefined)) kinds.push(PROBLEMS['not-acceptable'])
  return kinds
}

function parameterObjects(parameters: Parameters, components: Components): readonly object[] {
  return (['path', 'query', 'header'] as const).flatMap((place) => {
    const schema = parameters[place]
    if (schema === undefined) return []
    const { properties = {}, required = [] } = components.schemaOf(schema, 'input') as {
      properties?: Record<string, JsonSchema>
      required?: readonly string[]
    }
    return Object.entries(properties).map(([name, { description, ...rest }]) => ({
      name,
      in: place,
      required: place === 'path' || required.includes(name),
      ...(description !== undefined && { description }),
      schema: rest,
    }))
  })
}

function bodyObject(
  { schema, types = ['application/json'] }: BodyDescription,
  components: Components,
): object {
  return { required: true, content: contentOf(types, components.schemaOf(schema, 'input')) }
}

function answerObjects(
  answers: Readonly<Record<number, AnswerDescription>>,
  version: ApiVersion | null,
  components: Components,
): Readonly<Record<string, object>> {
  const entries = Object.entries(answers).map(([status, answer]) => [
    status,
    {
      description: answer.description,
      ...(answer.headers !== undefined && { headers: headerObjects(answer.headers) }),
      ...contentOfAnswer(answer, version ?? 'v1', components),
    },
  ])
  return Object.fromEntries(entries) as Record<string, object>
}

function headerObjects(headers: Readonly<Record<string, string>>): object {
  const entries = Object.entries(headers).map(([name, description]) => [
    name,
    { description, schema: { type: 'string' } },
  ])
  return Object.fromEntries(entries) as object
}

function contentOfAnswer(
  { schema, shown, types = ['application/json'] }: AnswerDescription,
  version: ApiVersion,
  components: Components,
): object {
  if (schema === undefined) return {}
  const json = components.schemaOf(schema, 'output')
  if (shown === undefined) return { content: contentOf(types, json) }
  const content = formatsFor(shown).flatMap(({ name, types: typesOf }) =>
    typesOf(version).map((type) => [type, name === 'json' ? { schema: json } : { schema: TEXTS[name] }]),
  )
  return { content: Object.fromEntries(content) as object }
}

const TEXTS: Readonly<Record<string, JsonSchema>> = {
  hal: {
    type: 'object',
    required: ['_links'],
    description: 'The same fields, with `_links` and `_embedded`.',
  },
  xml: { type: 'string', description: 'The same fields as elements.' },
  csv: { type: 'string', description: 'A head, and a line for each item.' },
}

function contentOf(types: readonly string[], schema: JsonSchema): object {
  return Object.fromEntries(types.map((type) => [type, { schema }])) as object
}

/** Several problems may have one status. */
function problemObjects(kinds: readonly ProblemKind[]): Readonly<Record<string, object>> {
  const objects: Record<string, object> = {}
  for (const { status } of kinds) {
    const same = [...new Set(kinds.filter((kind) => kind.status === status))]
    objects[status] = {
      description: same.map(({ code, title }) => `\`${code}\`: ${title}.`).join(' '),
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    }
  }
  return objects
}
