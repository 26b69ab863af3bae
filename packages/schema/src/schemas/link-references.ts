/*
 * Brings a JSON Schema into the form in which all else reads it: one document, whose references are JSON Pointers into itself. A
 * reference may as well name an `$id`, an `$anchor`, a `$dynamicAnchor`, or a schema that stands elsewhere, such as in an Ajv; what
 * stands elsewhere is taken into `$defs`.
 */
import type { JsonSchema } from '../types/json-schema.js'
import { resolveReference } from './references.js'
import { DEFINITIONS, LISTED_SCHEMAS, NAMED_SCHEMAS, ONE_SCHEMA } from './schema-keywords.js'

/** Gives the schema that has an id and stands elsewhere. */
export type FindSchema = (id: string) => object | null

export interface Linked {
  readonly jsonSchema: JsonSchema
  /** The references that could not be followed, as they are written. They stay as they are. */
  readonly broken: readonly string[]
}

const REFERENCES = ['$ref', '$dynamicRef', '$recursiveRef'] as const

/**
 * @param said is changed, unless there is nothing to do
 * @see https://json-schema.org/draft/2020-12/json-schema-core#section-8.2
 */
export function linkReferences(said: JsonSchema, find: FindSchema = () => null): Linked {
  const text = JSON.stringify(said)
  if (!REFERENCES.some((keyword) => text.includes(`"${keyword}":`))) return { jsonSchema: said, broken: [] }
  const linker = new Linker(said, find)
  linker.linkAll()
  return { jsonSchema: said, broken: [...new Set(linker.broken)] }
}

/** Of ids that are no whole URLs. */
const NOWHERE = 'schema:///'

/** A schema with an id of its own, or a document: what pointers and anchors within it start from. */
interface Resource {
  readonly uri: string
  readonly pointer: string
  readonly root: JsonSchema
  readonly anchors: Map<string, string>
  readonly dynamicAnchors: Map<string, string>
}

interface Place {
  readonly schema: JsonSchema
  readonly resource: Resource
}

class Linker {
  readonly broken: string[] = []
  readonly #document: JsonSchema
  readonly #find: FindSchema
  readonly #resources = new Map<string, Resource>()
  readonly #places = new Map<JsonSchema, Place>()
  readonly #first: Resource

  constructor(document: JsonSchema, find: FindSchema) {
    this.#document = document
    this.#find = find
    this.#first = this.#read(document, NOWHERE, '')
  }

  linkAll(): void {
    // A map that grows meanwhile is walked to its end.
    for (const place of this.#places.values()) this.#link(place)
    for (const { schema } of this.#places.values()) {
      delete schema['$anchor']
      delete schema['$dynamicAnchor']
      delete schema['$recursiveAnchor']
      if (this.#isEndless(schema)) this.broken.push(String(schema.$ref))
    }
  }

  /** Notes all schemas of a document, with the ids and anchors that they have. */
  #read(document: JsonSchema, uri: string, pointer: string): Resource {
    const resource = this.#resourceOf(document, uri, pointer)
    this.#note(document, resource, pointer)
    return resource
  }

  #resourceOf(root: JsonSchema, uri: string, pointer: string): Resource {
    const resource = { uri, pointer, root, anchors: new Map(), dynamicAnchors: new Map() }
    this.#resources.set(uri, resource)
    return resource
  }

  #note(schema: JsonSchema, within: Resource, pointer: string): void {
    if (this.#places.has(schema)) return
    let resource = within
    const { $id } = schema
    if (typeof $id === 'string') {
      const [uri, fragment] = parted($id, within.uri)
      if (uri !== within.uri) {
        resource = this.#resourceOf(schema, uri, pointer)
        // By what it was found under as well.
        if (within.root === schema) this.#resources.set(within.uri, resource)
      }
      // Up to draft 7 an id that is a fragment is an anchor.
      if (fragment !== '') resource.anchors.set(fragment, pointer)
    }
    const { $anchor, $dynamicAnchor } = schema
    if (typeof $anchor === 'string') resource.anchors.set($anchor, pointer)
    if (typeof $dynamicAnchor === 'string') resource.dynamicAnchors.set($dynamicAnchor, pointer)
    this.#places.set(schema, { schema, resource })
    for (const [key, inner] of schemasWithin(schema)) this.#note(inner, resource, `${pointer}/${key}`)
  }

  #link({ schema, resource }: Place): void {
    const targets: string[] = []
    for (const keyword of REFERENCES) {
      const reference = schema[keyword]
      if (typeof reference !== 'string') continue
      const target = this.#targetOf(keyword, reference, resource)
      if (target === null) {
        this.broken.push(reference)
        continue
      }
      if (keyword !== '$ref') delete schema[keyword]
      targets.push(`#${target}`)
    }
    const [first, ...others] = targets
    if (first !== undefined) schema.$ref = first
    if (others.length > 0) schema.allOf = [...(schema.allOf ?? []), ...others.map(($ref) => ({ $ref }))]
  }

  /** The pointer to what a reference means; null when that can't be told. */
  #targetOf(keyword: (typeof REFERENCES)[number], reference: string, from: Resource): string | null {
    const [uri, fragment] = parted(reference, from.uri)
    const resource = this.#resources.get(uri) ?? this.#fetch(uri, reference)
    if (resource === null) return null
    if (keyword === '$recursiveRef') return this.#recursive(resource)
    if (fragment === '') return resource.pointer
    if (fragment.startsWith('/')) return this.#pointed(resource, fragment)
    const dynamic = resource.dynamicAnchors.get(fragment)
    if (keyword === '$dynamicRef' && dynamic !== undefined) return this.#dynamic(fragment)
    return resource.anchors.get(fragment) ?? dynamic ?? null
  }

  /** Within its resource; some libraries mean the document. What stands under no keyword of schemas is noted here. */
  #pointed(resource: Resource, fragment: string): string | null {
    for (const { pointer, root, ...one } of [resource, this.#first]) {
      const found = resolveReference(root, `#${fragment}`)
      if (found === null) continue
      this.#note(found, { pointer, root, ...one }, `${pointer}${fragment}`)
      return `${pointer}${fragment}`
    }
    return null
  }

  /**
   * The outermost of the resources passed that has the anchor. The document is passed by every way, and so has the last word; without it,
   * the anchor is known where there is one only.
   */
  #dynamic(anchor: string): string | null {
    const all = [...new Set(this.#resources.values())].flatMap(
      ({ dynamicAnchors }) => dynamicAnchors.get(anchor) ?? [],
    )
    const outermost = this.#outermost.dynamicAnchors.get(anchor)
    return outermost ?? (all.length === 1 ? (all[0] as string) : null)
  }

  /** The same of draft 2019-09. */
  #recursive({ root, pointer }: Resource): string | null {
    if (root['$recursiveAnchor'] !== true) return pointer
    if (this.#outermost.root['$recursiveAnchor'] === true) return this.#outermost.pointer
    const all = [...new Set(this.#resources.values())].filter((one) => one.root['$recursiveAnchor'] === true)
    return all.length === 1 ? pointer : null
  }

  get #outermost(): Resource {
    return this.#places.get(this.#document)?.resource ?? this.#first
  }

  /** Takes a schema that stands elsewhere into the definitions. */
  #fetch(uri: string, reference: string): Resource | null {
    const written = reference.split('#', 1)[0] as string
    const found = [uri, uri.slice(NOWHERE.length), written].map((id) => this.#find(id)).find(Boolean)
    if (typeof found !== 'object' || found === null) return null
    const definitions = (this.#document.$defs ??= {})
    const key = freeKey(definitions, uri)
    const copy = JSON.parse(JSON.stringify(found)) as JsonSchema
    delete copy['$schema']
    definitions[key] = copy
    this.#read(copy, uri, `/$defs/${key}`)
    return this.#places.get(copy)?.resource ?? null
  }

  /** Whether a schema is a reference that leads to nothing but references, and so back to itself. */
  #isEndless(schema: JsonSchema): boolean {
    const passed = new Set<JsonSchema>()
    let at: JsonSchema | null = schema
    while (at !== null && typeof at.$ref === 'string') {
      if (passed.has(at)) return true
      passed.add(at)
      at = resolveReference(this.#document, at.$ref)
    }
    return false
  }
}

function parted(reference: string, base: string): readonly [uri: string, fragment: string] {
  const [written = '', ...rest] = reference.split('#')
  return [written === '' ? base : absolute(written, base), decoded(rest.join('#'))]
}

function absolute(uri: string, base: string): string {
  try {
    return new URL(uri, base).href.split('#', 1)[0] as string
  } catch {
    return uri
  }
}

function decoded(fragment: string): string {
  if (fragment.startsWith('/')) return fragment
  try {
    return decodeURIComponent(fragment)
  } catch {
    return fragment
  }
}

/** A name for a definition: `https://example.com/schemas/user.json` is `user`. */
function freeKey(definitions: Readonly<Record<string, unknown>>, uri: string): string {
  const name = (uri.split('/').findLast(Boolean) ?? '').replace(/\.json$/, '').replace(/[^\w.-]+/g, '-')
  const base = name === '' ? 'schema' : name
  let key = base
  for (let number = 2; Object.hasOwn(definitions, key); number++) key = `${base}-${number}`
  return key
}

/** The schemas right within one, each with what leads there as a JSON Pointer (RFC 6901 §3, §6). */
function schemasWithin(schema: JsonSchema): [string, JsonSchema][] {
  return Object.entries(schema).flatMap(([keyword, value]): [string, JsonSchema][] => {
    if (typeof value !== 'object' || value === null) return []
    const isOne = ONE_SCHEMA.has(keyword) && !Array.isArray(value)
    if (isOne) return [[keyword, value as JsonSchema]]
    const isSeveral = [ONE_SCHEMA, LISTED_SCHEMAS, NAMED_SCHEMAS, DEFINITIONS].some((set) => set.has(keyword))
    if (!isSeveral) return []
    return Object.entries(value)
      .filter(([, one]) => typeof one === 'object' && one !== null && !Array.isArray(one))
      .map(([name, one]) => [`${keyword}/${escaped(name)}`, one as JsonSchema])
  })
}

function escaped(name: string): string {
  return encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'))
}
