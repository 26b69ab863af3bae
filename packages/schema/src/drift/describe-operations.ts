import type { JsonSchema } from '../types/json-schema.js'
import type {
  ApiDocument,
  DescribedBody,
  DescribedContent,
  DescribedHeader,
  DescribedOperation,
  DescribedParameter,
  DescribedResponse,
  Located,
  LocatedSchema,
  ParameterPlace,
} from './document.js'
import { follow, isObject, memberOf, membersOf, pointerTo } from './locate.js'

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query']

const DEFAULT_STYLE: Readonly<Record<ParameterPlace, string>> = {
  path: 'simple',
  query: 'form',
  header: 'simple',
  cookie: 'form',
}

/** Fields that OpenAPI says something of elsewhere: as parameters they are to be ignored. */
const NO_PARAMETERS: ReadonlySet<string> = new Set(['accept', 'content-type', 'authorization'])

/** What can stand in the document where a parameter, a header or a body is described. */
interface Described {
  name?: unknown
  in?: unknown
  required?: unknown
  style?: unknown
  explode?: unknown
  content?: unknown
  example?: unknown
  examples?: unknown
}

/** Every operation of a document, in its order. */
export function describeOperations(document: ApiDocument): DescribedOperation[] {
  const root: Located<object> = { value: document, pointer: '#' }
  return membersOf<object>(document, root, 'paths').flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = memberOf<object>(document, item, method)
      return operation ? [describeOperation(document, path, method, item, operation)] : []
    }),
  )
}

function describeOperation(
  document: ApiDocument,
  path: string,
  method: string,
  item: Located<object>,
  operation: Located<object>,
): DescribedOperation {
  const { operationId, tags } = operation.value as { operationId?: unknown; tags?: unknown }
  const body = memberOf<Described>(document, operation, 'requestBody')
  const responses = membersOf<object>(document, operation, 'responses')
  return {
    method: method.toUpperCase(),
    path,
    operationId: typeof operationId === 'string' ? operationId : null,
    tags: Array.isArray(tags) ? tags.map(String) : [],
    parameters: mergedParameters(describeParameters(document, item), describeParameters(document, operation)),
    body: body && describeBody(document, body),
    responses: new Map(
      responses.map(([status, response]) => [status.toUpperCase(), describeResponse(document, response)]),
    ),
  }
}

/** Those of the operation replace those of its path with the same name and place. */
function mergedParameters(
  ofPath: readonly DescribedParameter[],
  ofOperation: readonly DescribedParameter[],
): DescribedParameter[] {
  const byName = new Map([...ofPath, ...ofOperation].map((one) => [`${one.in} ${one.name}`, one]))
  return [...byName.values()]
}

function describeParameters(document: ApiDocument, owner: Located<object>): DescribedParameter[] {
  const { parameters } = owner.value as { parameters?: unknown }
  if (!Array.isArray(parameters)) return []
  return parameters.flatMap((_, index) => {
    const parameter = memberOf<Described>(document, owner, 'parameters', index)
    return parameter ? describeParameter(document, parameter) : []
  })
}

function describeParameter(document: ApiDocument, at: Located<Described>): DescribedParameter[] {
  const { name, required, style, explode, content } = at.value
  if (typeof name !== 'string' || !isPlace(at.value.in)) return []
  const place = at.value.in
  if (place === 'header' && NO_PARAMETERS.has(name.toLowerCase())) return []
  const [inner] = isObject(content) ? describeContent(document, at) : []
  const usedStyle = typeof style === 'string' ? style : DEFAULT_STYLE[place]
  return [
    {
      name,
      in: place,
      required: required === true || place === 'path',
      schema: inner ? inner.schema : schemaOf(at),
      style: usedStyle,
      explode: typeof explode === 'boolean' ? explode : usedStyle === 'form',
      isJson: inner !== undefined,
      examples: inner ? inner.examples : examplesOf(document, at),
    },
  ]
}

function isPlace(value: unknown): value is ParameterPlace {
  return typeof value === 'string' && Object.hasOwn(DEFAULT_STYLE, value)
}

function describeBody(document: ApiDocument, at: Located<Described>): DescribedBody {
  return { required: at.value.required === true, content: describeContent(document, at) }
}

function describeResponse(document: ApiDocument, at: Located<object>): DescribedResponse {
  const headers = membersOf<Described>(document, at, 'headers')
    .filter(([name]) => name.toLowerCase() !== 'content-type')
    .map(
      ([name, header]): DescribedHeader => ({
        name,
        required: header.value.required === true,
        schema: schemaOf(header),
      }),
    )
  return { content: describeContent(document, at), headers }
}

function describeContent(document: ApiDocument, at: Located<object>): DescribedContent[] {
  return membersOf<Described>(document, at, 'content').map(([mediaType, media]) => ({
    mediaType: mediaType.toLowerCase(),
    schema: schemaOf(media),
    examples: examplesOf(document, media),
  }))
}

/** The reference stays where it is: JSON Schema allows more beside it. */
function schemaOf(at: Located<object>): LocatedSchema | null {
  const { schema } = at.value as { schema?: unknown }
  if (!isObject(schema) && typeof schema !== 'boolean') return null
  return { value: schema as JsonSchema | boolean, pointer: pointerTo(at.pointer, 'schema') }
}

function examplesOf(document: ApiDocument, at: Located<Described>): unknown[] {
  const { example, examples } = at.value
  const named = isObject(examples) && !Array.isArray(examples) ? Object.values(examples) : []
  const values = named.flatMap((one) => {
    const found = follow<{ value?: unknown }>(document, { value: one, pointer: at.pointer })
    return found && Object.hasOwn(found.value, 'value') ? [found.value.value] : []
  })
  return example === undefined ? values : [example, ...values]
}
