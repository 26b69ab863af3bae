import type { ContractStep, Operation } from '../../operations/operation.js'
import type { PathTemplate } from '../../operations/paths/path-templates.js'
import type { PathParameter } from '../../operations/paths/path-piece.js'
import type { JsonSchema } from '../../types/json-schema.js'
import type { ParameterObject } from '../types/document.js'
import type { Components, Within } from './components.js'
import { membersOf, type ObjectMember } from './object-members.js'

/** Where the parts of a contract stand in a document. */
const PLACES = [
  ['query', 'query'],
  ['headers', 'header'],
  ['cookies', 'cookie'],
] as const

/** OpenAPI has other words for these: the types of bodies, and the security of an operation. */
const SAID_ELSEWHERE: ReadonlySet<string> = new Set([
  'header accept',
  'header content-type',
  'header authorization',
])

interface Member extends ObjectMember {
  readonly within: Within
}

/**
 * The parameters of an operation under one of its templates. Those of the path are always there; what a schema says of them is
 * taken by their name.
 *
 * @param names the names that they have in the document, in the order of the template
 * @param keys what security schemes of the operation say already (`keysOf`)
 */
export function parametersOf(
  operation: Operation,
  { template, names }: { readonly template: PathTemplate; readonly names: readonly string[] },
  components: Components,
  hint: string,
  keys: ReadonlySet<string>,
): ParameterObject[] {
  const { steps } = operation
  const params = membersOfAll(steps, 'params', { components, hint })
  const inPath = template.parameters.map((parameter, i) =>
    pathParameter(parameter, names[i] ?? parameter.name, params.get(parameter.name), components),
  )
  const others = PLACES.flatMap(([part, place]) =>
    [...membersOfAll(steps, part, { components, hint })]
      .filter(([name]) => {
        const one = `${place} ${place === 'header' ? name.toLowerCase() : name}`
        return !SAID_ELSEWHERE.has(one) && !keys.has(one)
      })
      .map(([name, member]) => parameterOf(name, place, member, components)),
  )
  return [...inPath, ...others]
}

/** What all steps say of a part, by name. The later one wins; what one of them requires is required. */
function membersOfAll(
  steps: readonly ContractStep[],
  part: 'params' | 'query' | 'headers' | 'cookies',
  { components, hint }: { readonly components: Components; readonly hint: string },
): Map<string, Member> {
  const all = new Map<string, Member>()
  for (const { contract } of steps) {
    const schema = contract[part]
    const root = schema === undefined ? null : components.json(schema, 'input')
    if (root === null) continue
    const within: Within = {
      root,
      side: 'input',
      hint: `${hint}${part.charAt(0).toUpperCase()}${part.slice(1)}`,
    }
    for (const [name, member] of membersOf(root, root) ?? []) {
      all.set(name, {
        ...member,
        within,
        isRequired: member.isRequired || all.get(name)?.isRequired === true,
      })
    }
  }
  return all
}

function pathParameter(
  { pattern, isWildcard }: PathParameter,
  name: string,
  member: Member | undefined,
  components: Components,
): ParameterObject {
  if (member !== undefined && !isWildcard) {
    return { ...parameterOf(name, 'path', member, components), required: true }
  }
  const schema: JsonSchema =
    pattern === null ? { type: 'string' } : { type: 'string', pattern: `^(?:${pattern})$` }
  const parameter: ParameterObject = { name, in: 'path', required: true, schema }
  const description = isWildcard ? 'The rest of the path: it may have slashes in it.' : undefined
  return description === undefined ? parameter : { ...parameter, description }
}

function parameterOf(
  name: string,
  place: ParameterObject['in'],
  { schema, isRequired, within }: Member,
  components: Components,
): ParameterObject {
  const placed = components.place(schema, within)
  const { description, deprecated } = schema
  return {
    name,
    in: place,
    ...(description === undefined ? {} : { description }),
    ...(isRequired ? { required: true } : {}),
    ...(deprecated === true ? { deprecated } : {}),
    ...(place === 'query' ? styleOf(schema, within.root) : {}),
    schema: placed,
  }
}

/** How queries are written here: `?tag=a&tag=b`, `?filter[name]=x`. */
function styleOf(schema: JsonSchema, root: JsonSchema): Pick<ParameterObject, 'style' | 'explode'> {
  if (isOf(schema, 'array')) return { style: 'form', explode: true }
  const isObject = isOf(schema, 'object') || (membersOf(schema, root)?.size ?? 0) > 0
  return isObject ? { style: 'deepObject', explode: true } : {}
}

/** A union of a text and a list is written as a list is. */
function isOf(schema: JsonSchema, type: 'array' | 'object'): boolean {
  const types = [schema.type].flat()
  return (
    types.includes(type) ||
    [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].some((one) => one.type === type)
  )
}
