import { jsonSchemaOf } from '../../schemas/json-schema-of.js'
import { resolveReference } from '../../schemas/references.js'
import type { JsonSchema } from '../../types/json-schema.js'
import type { Schema } from '../../types/schema.js'
import { componentName, definitionName, ownName } from './component-name.js'
import { mapSchemas } from './schema-members.js'
import { isCopy, schemaText } from './schema-text.js'

/** What comes in is described by what a schema takes, what goes out by what comes out of it. */
export type Side = 'input' | 'output'

/** What a part of a schema is read with. */
export interface Within {
  /** The schema that its references are in. */
  readonly root: JsonSchema
  readonly side: Side
  /** A name for what has none and needs one. */
  readonly hint: string
  /** Whether it gives its name to another one. Default: no. */
  readonly yields?: boolean
}

/** A component before it has its name. */
interface Entry {
  base: string
  /** What is to name it. */
  readonly references: JsonSchema[]
  json: JsonSchema
  readonly sides: Set<Side>
  /** Whether it is none of the application's: then its name is for what is. */
  readonly yields: boolean
}

const PREFIX = '#/components/schemas/'

/**
 * The named schemas of a document. A schema is a component when it is named (by its `id`, by the `title` of an object, by the option
 * `components`) or leads back to itself. What says the same under the same name is one component, and so is what says the same without
 * a name: of the names that its places give it, it has the first of the alphabet.
 *
 * Names are given at the end, so that they do not hang on which route came first: where the two sides of a schema differ, what goes
 * out has the name, and what comes in is `UserInput`; all others get a number.
 */
export class Components {
  readonly #entries = new Map<string, Entry>()
  /** Perf: middleware before many routes brings the same schema to each of them. */
  readonly #converted: Record<Side, WeakMap<Schema, JsonSchema>> = {
    input: new WeakMap(),
    output: new WeakMap(),
  }
  /** The names of the option, by what the schemas say. */
  readonly #named = new Map<string, string>()

  constructor(named: Readonly<Record<string, Schema>> = {}) {
    for (const [name, schema] of Object.entries(named)) {
      for (const side of ['output', 'input'] as const) {
        const json = this.json(schema, side)
        if (json !== null) this.#named.set(schemaText(referredTo(json), json), componentName(name))
      }
    }
  }

  /** A schema as JSON Schema; null for what can't be said. It is asked once. */
  json(schema: Schema, side: Side): JsonSchema | null {
    const converted = this.#converted[side]
    const known = converted.get(schema)
    if (known !== undefined) return known
    const said = jsonSchemaOf(schema, side)
    if (said === null) return null
    const json = fromRoot(said)
    converted.set(schema, json)
    return json
  }

  /** A schema as it stands in the document: in full, or a reference. What can't be said may be anything. */
  schema(schema: Schema, side: Side, hint: string): JsonSchema {
    const json = this.json(schema, side)
    return json === null ? {} : this.place(json, { root: json, side, hint })
  }

  /** The same for a JSON Schema, or a part of one. */
  place(json: JsonSchema, within: Within): JsonSchema {
    const { $ref, ...siblings } = json
    if (typeof $ref === 'string' && $ref.startsWith('#')) {
      const target = resolveReference(within.root, $ref)
      const beside = this.#inFull(siblings, within)
      if (target === null) return beside
      const isRoot = target === within.root
      const name = this.#optionNameOf(target, within) ?? definitionName($ref) ?? ownName(target)
      if (name !== null) return this.#refer(target, name, within, beside)
      if (!isRoot && !leadsBack(target, within.root)) return this.place({ ...target, ...siblings }, within)
      return this.#referUnnamed(target, isRoot ? within.hint : `${within.hint}Part`, within, beside)
    }
    const name = this.#optionNameOf(json, within) ?? ownName(json)
    if (name !== null) return this.#refer(json, name, within, {})
    const isRecursive = json === within.root && JSON.stringify(json).includes('"$ref":"#"')
    return isRecursive ? this.#referUnnamed(json, within.hint, within, {}) : this.#inFull(json, within)
  }

  /** Puts a schema that is none of the application's among the components. One of the application's that has the same name keeps it. */
  add(name: string, json: JsonSchema): JsonSchema {
    return this.#refer(json, name, { root: json, side: 'output', hint: name, yields: true }, {})
  }

  /** All components by name, in the order of the alphabet. From then on every reference has its name. */
  all(): Record<string, JsonSchema> {
    const groups = new Map<string, Entry[]>()
    for (const entry of this.#entries.values())
      groups.set(entry.base, [...(groups.get(entry.base) ?? []), entry])
    const taken = new Set<string>()
    const named: [string, JsonSchema][] = []
    const give = (entry: Entry, base: string): void => {
      let name = base
      for (let number = 2; taken.has(name); number++) name = `${base}${number}`
      taken.add(name)
      for (const reference of entry.references) reference.$ref = PREFIX + name
      named.push([name, entry.json])
    }
    // The plain names first: one that is made of a name must not take that of another.
    const rest: (() => void)[] = []
    for (const [base, entries] of groups) {
      const own = entries.filter(({ yields }) => !yields)
      const first = own.find(({ sides }) => sides.has('output')) ?? own[0] ?? (entries[0] as Entry)
      give(first, base)
      for (const entry of entries) {
        const isOtherSide = first.sides.has('output') && !entry.sides.has('output')
        if (entry !== first) rest.push(() => give(entry, isOtherSide ? `${base}Input` : base))
      }
    }
    for (const giveLater of rest) giveLater()
    return Object.fromEntries(named.toSorted(([one], [other]) => (one < other ? -1 : 1)))
  }

  #inFull(json: JsonSchema, within: Within): JsonSchema {
    return mapSchemas(json, (inner) => this.place(inner, within))
  }

  #optionNameOf(json: JsonSchema, { root }: Within): string | null {
    return this.#named.size === 0 ? null : (this.#named.get(schemaText(json, root)) ?? null)
  }

  /** A reference, with what stands beside it. Its name comes later. */
  #refer(json: JsonSchema, base: string, within: Within, beside: JsonSchema): JsonSchema {
    return this.#referTo(`${base} ${schemaText(json, within.root)}`, json, base, within, beside)
  }

  /** The same for what has no name but that of a place where it stands. */
  #referUnnamed(json: JsonSchema, hint: string, within: Within, beside: JsonSchema): JsonSchema {
    const key = ` ${schemaText(json, within.root)}`
    const known = this.#entries.get(key)
    if (known !== undefined && hint < known.base) known.base = hint
    return this.#referTo(key, json, hint, within, beside)
  }

  #referTo(key: string, json: JsonSchema, base: string, within: Within, beside: JsonSchema): JsonSchema {
    const { yields = false } = within
    const entry = this.#entries.get(key) ?? { base, references: [], json: {}, sides: new Set<Side>(), yields }
    this.#entries.set(key, entry)
    // What comes in is said with fewer bounds: it is right for both.
    const isBetter = entry.sides.size === 0 || (within.side === 'input' && !entry.sides.has('input'))
    entry.sides.add(within.side)
    if (isBetter) entry.json = this.#inFull(json, within)
    const reference: JsonSchema = { $ref: PREFIX, ...beside }
    entry.references.push(reference)
    return reference
  }
}

/** A schema that is nothing but a reference is what that refers to. */
function referredTo(json: JsonSchema): JsonSchema {
  return (typeof json.$ref === 'string' ? resolveReference(json, json.$ref) : null) ?? json
}

/**
 * Whether a definition without a name leads back to itself, other than through what is a component anyway: what has members comes before
 * what has none, such as a list of it.
 */
function leadsBack(definition: JsonSchema, root: JsonSchema): boolean {
  const passed = new Set([definition])
  for (const schema of passed) {
    for (const [, reference] of JSON.stringify(schema).matchAll(/"\$ref":"([^"]+)"/g)) {
      const target = resolveReference(root, reference as string)
      if (target === definition) return true
      const isNamed = definitionName(reference as string) !== null || target === root
      if (target === null || isNamed || ownName(target) !== null) continue
      if (target.properties === undefined || definition.properties !== undefined) passed.add(target)
    }
  }
  return false
}

/**
 * What leads back to itself, in one form: references to the schema itself are `#`. Libraries write such a schema in a definition as well, or
 * only there, under a name of their making.
 */
function fromRoot(json: JsonSchema): JsonSchema {
  const { $ref, $defs, ...own } = json
  const isReference = typeof $ref === 'string' && Object.keys(own).length === 0
  const target = isReference && definitionName($ref) === null ? resolveReference(json, $ref) : null
  const root: JsonSchema = target === null ? json : { ...target, ...($defs === undefined ? {} : { $defs }) }
  const copies = Object.entries($defs ?? {})
    .map(([key, one]) => ({ reference: `#/$defs/${key}`, one }))
    .filter(({ reference, one }) => definitionName(reference) === null && isCopy(one, root))
    .map(({ reference }) => reference)
  if (copies.length === 0) return root
  return JSON.parse(JSON.stringify(root), (key, value: unknown) =>
    key === '$ref' && copies.includes(value as string) ? '#' : value,
  ) as JsonSchema
}
