import type { ApiRoutes } from '../api-routes.js'
import { formatsFor } from '../representations/formats.js'
import type { ApiVersion } from '../versions/api-version.js'
import { Components, type JsonSchema } from './components.js'
import type { AnswerDescription, BodyDescription, OperationDescription, Parameters } from './operation.js'
import { ISSUE_SCHEMA, PROBLEM_SCHEMA, ProblemResponses, problemsOf } from './problem-responses.js'
import { SECURITY_SCHEMES, securityOf } from './security-schemes.js'

export const OPENAPI_VERSION = '3.1.1'

/** The OpenAPI document of all routes that are described. */
export function openApiDocument(routes: readonly ApiRoutes[]): object {
  const components = new Components()
  components.add('Problem', PROBLEM_SCHEMA)
  components.add('Issue', ISSUE_SCHEMA)
  const problems = new ProblemResponses()
  const paths: Record<string, Record<string, object>> = {}
  const tags = new Set<string>()
  for (const entry of routes) {
    for (const version of entry.versions === 'none' ? [null] : entry.versions) {
      for (const operation of entry.describe ?? []) {
        tags.add(operation.tag)
        const path = pathOf(entry, operation, version)
        paths[path] ??= {}
        paths[path][operation.method] = operationObject(operation, version, entry, components, problems)
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
      responses: { ...problems.responses, 'not-modified': NOT_MODIFIED },
      securitySchemes: SECURITY_SCHEMES,
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
  { deprecation }: ApiRoutes,
  components: Components,
  problems: ProblemResponses,
): object {
  const { id, tag, summary, description, parameters = {}, body, security } = operation
  const ways = securityOf(operation)
  return {
    operationId: version === null ? id : `${id}${version.toUpperCase()}`,
    tags: [tag],
    summary,
    ...(description !== undefined && { description }),
    ...(deprecation !== undefined && { deprecated: true }),
    parameters: [
      ...parameterObjects(parameters, components),
      ...(isConditional(operation) ? [IF_NONE_MATCH] : []),
    ],
    ...(body !== undefined && { requestBody: bodyObject(body, components) }),
    responses: responseObjects(operation, version, components, problems),
    ...(ways !== undefined && { security: ways }),
    ...(typeof security === 'object' && { 'x-permission': security.permission }),
  }
}

const IF_NONE_MATCH = {
  name: 'If-None-Match',
  in: 'header',
  required: false,
  description: 'The ETag of what you have. 304: it is still so.',
  schema: { type: 'string' },
}

const ETAG = { ETag: 'Of this answer; what `If-None-Match` takes.' }

const NOT_MODIFIED = { description: 'It is as `If-None-Match` says.', headers: headerObjects(ETAG) }

/** Whatever is read whole has an entity tag: its own, or one that the framework makes of its bytes. */
function isConditional({ method, answers }: OperationDescription): boolean {
  return method === 'get' && answers[200] !== undefined && answers[200].streamed !== true
}

function responseObjects(
  operation: OperationDescription,
  version: ApiVersion | null,
  components: Components,
  problems: ProblemResponses,
): Readonly<Record<string, ResponseObject>> {
  const conditional = isConditional(operation)
  const objects: Record<string, ResponseObject> = answerObjects(
    operation.answers,
    version,
    components,
    conditional,
  )
  if (conditional) objects[304] = { $ref: '#/components/responses/not-modified' }
  for (const [status, problem] of problems.of(problemsOf(operation, version))) {
    const own = objects[status]
    objects[status] = own === undefined ? problems.share(problem) : both(own, problem.response)
  }
  return objects
}

/** An operation may have words of its own for a status that is a problem, too. */
function both(own: ResponseObject, problem: ResponseObject): ResponseObject {
  return {
    ...own,
    ...problem,
    description: `${own.description} ${problem.description}`,
    content: { ...own.content, ...problem.content },
  }
}

interface ResponseObject {
  readonly $ref?: string
  readonly description?: string
  readonly content?: object
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
  // What the schema takes for nothing may be left out.
  const required = !schema.safeParse(undefined).success
  return { required, content: contentOf(types, components.schemaOf(schema, 'input')) }
}

function answerObjects(
  answers: Readonly<Record<number, AnswerDescription>>,
  version: ApiVersion | null,
  components: Components,
  isTagged: boolean,
): Record<string, ResponseObject> {
  const entries = Object.entries(answers).map(([status, answer]) => {
    const headers = { ...(isTagged && status === '200' && ETAG), ...answer.headers }
    return [
      status,
      {
        description: answer.description,
        ...(Object.keys(headers).length > 0 && { headers: headerObjects(headers) }),
        ...contentOfAnswer(answer, version ?? 'v1', components),
      },
    ]
  })
  return Object.fromEntries(entries) as Record<string, ResponseObject>
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
