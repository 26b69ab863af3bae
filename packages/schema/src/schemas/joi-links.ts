/*
 * Where the links of a schema of Joi lead in its JSON Schema. Joi 18 writes references that lead nowhere for most of them, so they are
 * found by its description, as Joi finds them when it validates.
 */
import type { JsonSchema } from '../types/json-schema.js'
import { resolveReference } from './references.js'

interface Link {
  readonly ref: {
    readonly path: readonly string[]
    readonly type?: string
    readonly ancestor?: number | 'root'
  }
}

interface Description {
  readonly type?: string
  readonly flags?: { readonly id?: string }
  readonly keys?: Readonly<Record<string, Description>>
  readonly items?: readonly Description[]
  readonly matches?: readonly { readonly schema?: Description }[]
  readonly link?: Link
}

/** A schema on the way to one: the innermost first. */
interface Passed {
  readonly id: string | undefined
  readonly pointer: string
}

/** @param root of what is described; its references are changed */
export function linkJoi(root: JsonSchema, description: unknown): void {
  linkBelow(root, '', description as Description, undefined, [])

  function linkBelow(
    json: JsonSchema | undefined,
    pointer: string,
    described: Description,
    key: string | undefined,
    above: readonly Passed[],
  ): void {
    if (typeof json !== 'object' || json === null) return
    const { link, keys = {}, items = [], matches = [] } = described
    const passed = [{ id: described.flags?.id ?? key, pointer }, ...above]
    if (link !== undefined) setReference(root, json, pointerOf(link, passed))
    // What may be a listed value as well stands in a union with these.
    const wraps = json.properties === undefined && json.items === undefined && matches.length === 0
    const [own, at] =
      wraps && json.anyOf !== undefined ? [json.anyOf[0], `${pointer}/anyOf/0`] : [json, pointer]
    for (const [name, one] of Object.entries(keys)) {
      linkBelow(own?.properties?.[name], `${at}/properties/${escaped(name)}`, one, name, passed)
    }
    const [listed, list] =
      own?.items === undefined ? [undefined, ''] : [own.items as JsonSchema, `${at}/items`]
    for (const [index, one] of items.entries()) {
      if (items.length === 1) linkBelow(listed, list, one, undefined, passed)
      else linkBelow(listed?.anyOf?.[index], `${list}/anyOf/${index}`, one, undefined, passed)
    }
    const union = json.anyOf === undefined ? 'oneOf' : 'anyOf'
    for (const [index, { schema }] of matches.entries()) {
      if (schema === undefined) continue
      linkBelow(json[union]?.[index], `${pointer}/${union}/${index}`, schema, undefined, passed)
    }
  }
}

function pointerOf({ ref }: Link, passed: readonly Passed[]): string | null {
  const isLocal = ref.type === 'local'
  const from = isLocal
    ? passed.find(({ id }) => id === ref.path[0])
    : passed.at(ref.ancestor === 'root' ? -1 : (ref.ancestor ?? 0))
  if (from === undefined || (typeof ref.ancestor === 'number' && ref.ancestor >= passed.length)) return null
  const path = isLocal ? ref.path.slice(1) : ref.path
  return [from.pointer, ...path.map((name) => `properties/${escaped(name)}`)].join('/')
}

/** What leads somewhere (to what Joi calls shared) stays. */
function setReference(root: JsonSchema, json: JsonSchema, pointer: string | null): void {
  const place = json.anyOf?.find((one) => one.$ref !== undefined) ?? json
  const isRight = place.$ref?.startsWith('#/$defs/') === true && resolveReference(root, place.$ref) !== null
  if (isRight || pointer === null) return
  place.$ref = `#${pointer}`
}

function escaped(name: string): string {
  return encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'))
}
