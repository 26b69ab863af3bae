import type { ApiDocument, DescribedParameter } from './document.js'
import { nestFields } from './form-fields.js'
import { isListOnly, propertiesOf, typesOf } from './schema-types.js'

/** The texts of a request that its parameters are read from. */
export interface ParameterTexts {
  /** Decoded. */
  readonly path: Readonly<Record<string, string>>
  /** Decoded, in their order. */
  readonly query: readonly (readonly [string, string])[]
  header(name: string): string | undefined
  readonly cookies: Readonly<Record<string, string>>
}

/** What no style of OpenAPI can carry. */
export const NOT_SENT = Symbol('not sent')
/** What is carried in a style that is not read here. */
export const NOT_READ = Symbol('not read')

const SEPARATORS: Readonly<Record<string, string>> = {
  form: ',',
  simple: ',',
  spaceDelimited: ' ',
  pipeDelimited: '|',
}

/**
 * The value of a parameter as the request carries it, with texts at its leaves: `NOT_SENT`, `NOT_READ`, or what its style
 * makes of the texts.
 */
export function readParameter(
  document: ApiDocument,
  parameter: DescribedParameter,
  texts: ParameterTexts,
): unknown {
  if (parameter.style === 'label' || parameter.style === 'matrix') return NOT_READ
  if (parameter.in === 'query') return readQuery(document, parameter, texts.query)
  const text = textOf(parameter, texts)
  return text === undefined ? NOT_SENT : readText(document, parameter, text)
}

function textOf({ in: place, name }: DescribedParameter, texts: ParameterTexts): string | undefined {
  if (place === 'header') return texts.header(name.toLowerCase())
  const owner = place === 'path' ? texts.path : texts.cookies
  return Object.hasOwn(owner, name) ? owner[name] : undefined
}

/** One text that holds the whole value. */
function readText(document: ApiDocument, parameter: DescribedParameter, text: string): unknown {
  if (parameter.isJson) return text
  const types = typesOf(document, parameter.schema?.value)
  const separator = SEPARATORS[parameter.style] ?? ','
  if (isListOnly(types)) return text === '' ? [] : text.split(separator)
  if (types.has('object') && types.size === 1) return objectOfText(text, separator, parameter.explode)
  return text
}

function objectOfText(text: string, separator: string, isExploded: boolean): Record<string, unknown> {
  const parts = text === '' ? [] : text.split(separator)
  if (isExploded) {
    return nestFields(
      parts.map((part) => {
        const [name = '', ...value] = part.split('=')
        return [name, value.join('=')] as const
      }),
    )
  }
  const pairs = parts.flatMap((name, index) =>
    index % 2 === 0 ? [[name, parts[index + 1] ?? ''] as const] : [],
  )
  return nestFields(pairs)
}

function readQuery(
  document: ApiDocument,
  parameter: DescribedParameter,
  query: readonly (readonly [string, string])[],
): unknown {
  const { name, schema, explode, style } = parameter
  if (parameter.isJson) return query.find(([key]) => key === name)?.[1] ?? NOT_SENT
  const types = typesOf(document, schema?.value)
  const isObjectOnly = types.has('object') && types.size === 1
  if (isObjectOnly && style === 'form' && explode) return readExploded(document, parameter, query)
  const own = query.filter(([key]) => key === name || key.startsWith(`${name}[`))
  if (own.length === 0) return NOT_SENT
  const [first] = own
  if (own.length === 1 && first?.[0] === name) {
    const text = first[1]
    if (isListOnly(types) && explode) return [text]
    return explode ? text : readText(document, parameter, text)
  }
  return nestFields(own)[name]
}

/** The members of the object are parameters of their own. */
function readExploded(
  document: ApiDocument,
  { schema }: DescribedParameter,
  query: readonly (readonly [string, string])[],
): unknown {
  const names = propertiesOf(document, schema?.value)
  const own = query.filter(([key]) => names.has(key.split('[', 1)[0] ?? key))
  return own.length === 0 ? NOT_SENT : nestFields(own)
}
