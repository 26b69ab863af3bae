import type { MediaTypeObject, ResponseObject } from '../types/document.js'
import type { ResponseComponents } from './response-components.js'

/** An answer as one step on the way to an operation declares it. */
export interface Declared {
  readonly name: string | null
  readonly response: ResponseObject
}

/**
 * What several steps declare for one status, as one answer: all that they say. It is named by the names of all: `InvalidRequestOrUnknownVersion`;
 * where one has none, it has none.
 */
export function joinedOf(declared: readonly Declared[], components: ResponseComponents): Declared {
  const names = new Set(declared.map(({ name }) => name))
  const responses = declared.map(({ response }) => response)
  const descriptions = new Set(responses.map(({ description }) => description))
  const headers = Object.assign({}, ...responses.map((one) => one.headers)) as ResponseObject['headers']
  const content = contentOf(responses, components)
  const response = {
    description: [...descriptions].join('\n\n'),
    ...(Object.keys(headers ?? {}).length === 0 ? {} : { headers }),
    ...(Object.keys(content).length === 0 ? {} : { content }),
  } as ResponseObject
  return { name: names.has(null) ? null : [...names].join('Or'), response }
}

function contentOf(
  responses: readonly ResponseObject[],
  components: ResponseComponents,
): Record<string, MediaTypeObject> {
  const types = new Set(responses.flatMap(({ content = {} }) => Object.keys(content)))
  return Object.fromEntries(
    [...types].map((type) => [
      type,
      mediaOf(
        responses.flatMap(({ content }) => content?.[type] ?? []),
        components,
      ),
    ]),
  )
}

/** Any of the schemas; where one step has none, there is nothing to say. */
function mediaOf(media: readonly MediaTypeObject[], components: ResponseComponents): MediaTypeObject {
  const schemas = media.map(({ schema }) => schema).filter((schema) => schema !== undefined)
  const isKnown = schemas.length === media.length
  const examples = Object.assign({}, ...media.map((one) => one.examples)) as MediaTypeObject['examples']
  return {
    ...(isKnown ? { schema: components.either(schemas) } : {}),
    ...(Object.keys(examples ?? {}).length === 0 ? {} : { examples }),
  } as MediaTypeObject
}
