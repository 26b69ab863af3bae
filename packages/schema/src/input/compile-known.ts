import { type Alternatives, ARRAY, OBJECT, type Shape } from './shapes.js'

/** Whether all keys of an object or a list, and of all in it, belong to it; false where that is not known. */
export type IsKnown = (value: object, depth: number) => boolean

/** Decides what is not written out: values that may be several kinds of objects, patterns, tuples. */
export type IsKnownByWalk = (value: object, alternatives: Alternatives, depth: number) => boolean

/**
 * Compiles a schema to what finds out that a value has no key which its schema does not name: what nearly all values end with. One
 * function for each kind of object, in which every key stands as a constant.
 *
 * Where code must not be made of text (`--disallow-code-generation-from-strings`), null: the walk gives the same.
 *
 * Perf: with a walk over the shapes, a list of 1,000 objects took fifteen times as long as to validate it. Watched by bench/validate.mjs.
 */
export function compileIsKnown(
  alternatives: Alternatives,
  { isClosedOnly, maxDepth }: { isClosedOnly: boolean; maxDepth: number },
  byWalk: IsKnownByWalk,
): IsKnown | null {
  const writer = new KnownWriter(isClosedOnly, maxDepth)
  const root = writer.container(alternatives)
  const source = `${writer.functions.join('\n')}\nreturn ${root}`
  try {
    const make = new Function('byWalk', 'constants', `"use strict"\n${source}`)
    return make(byWalk, writer.constants) as IsKnown
  } catch (error) {
    if (!(error instanceof EvalError)) throw error
    return null
  }
}

/** Writes the source. Security: all that comes from a schema gets in as a literal of JSON, so that keys stay keys. */
class KnownWriter {
  readonly functions: string[] = []
  readonly constants: Alternatives[] = []
  readonly #isClosedOnly: boolean
  readonly #maxDepth: number
  readonly #names = new Map<Alternatives, string>()
  readonly #strict = new Map<Alternatives, boolean>()

  constructor(isClosedOnly: boolean, maxDepth: number) {
    this.#isClosedOnly = isClosedOnly
    this.#maxDepth = maxDepth
  }

  /** The name of the function for objects and lists of these kinds. */
  container(alternatives: Alternatives): string {
    const known = this.#names.get(alternatives)
    if (known !== undefined) return known
    const name = `known${this.#names.size}`
    // Before it is written: a recursive shape calls itself.
    this.#names.set(alternatives, name)
    this.functions.push(`function ${name}(value, depth) {
  if (depth > ${this.#maxDepth}) return true
  if (Array.isArray(value)) {
${this.#list(alternatives)}
  }
${this.#object(alternatives)}
}`)
    return name
  }

  #list(alternatives: Alternatives): string {
    const ofLists = alternatives.filter((shape) => (shape.types & ARRAY) !== 0)
    if (!ofLists.some((shape) => this.#itemsOf(shape).some((items) => this.#mayRefuse(items)))) {
      return '    return true'
    }
    const { items, prefixItems } = ofLists[0]!
    if (ofLists.length > 1 || prefixItems.length > 0 || items === null) return this.#walked(alternatives)
    return `    for (let at = 0; at < value.length; at++) {
      const item = value[at]
      if (typeof item === "object" && item !== null && !${this.container(items)}(item, depth + 1)) return false
    }
    return true`
  }

  #object(alternatives: Alternatives): string {
    const ofObjects = alternatives.filter((shape) => (shape.types & OBJECT) !== 0)
    if (!ofObjects.some((shape) => this.#mayRefuseMembers(shape))) return '    return true'
    const [shape] = ofObjects
    if (ofObjects.length > 1 || shape!.patterns.length > 0 || shape!.others !== null) {
      return this.#walked(alternatives)
    }
    const inner = [...shape!.properties].filter(([, member]) => this.#mayRefuse(member))
    return this.#takesAny(shape!) ? this.#someMembers(inner) : this.#allMembers(shape!, inner)
  }

  #someMembers(inner: readonly (readonly [string, Alternatives])[]): string {
    const reads = inner.map(
      ([key, member], at) => `  const m${at} = value[${JSON.stringify(key)}]
  if (typeof m${at} === "object" && m${at} !== null && !${this.container(member)}(m${at}, depth + 1)) return false`,
    )
    return [...reads, '  return true'].join('\n')
  }

  #allMembers({ properties }: Shape, inner: readonly (readonly [string, Alternatives])[]): string {
    const names = new Set(inner.map(([key]) => key))
    const plain = [...properties.keys()].filter((key) => !names.has(key))
    const plainCases = plain.map((key) => `      case ${JSON.stringify(key)}:`)
    const innerCases = inner.map(
      ([key, member]) => `      case ${JSON.stringify(key)}: {
        const member = value[key]
        if (typeof member === "object" && member !== null && !${this.container(member)}(member, depth + 1)) return false
        break
      }`,
    )
    return `  for (const key in value) {
    switch (key) {
${[...plainCases, ...(plain.length > 0 ? ['        break'] : []), ...innerCases].join('\n')}
      default:
        return false
    }
  }
  return true`
  }

  #walked(alternatives: Alternatives): string {
    this.constants.push(alternatives)
    return `    return byWalk(value, constants[${this.constants.length - 1}], depth)`
  }

  #takesAny(shape: Shape): boolean {
    return this.#isClosedOnly ? !shape.isClosed : shape.isOpen
  }

  #itemsOf({ items, prefixItems }: Shape): readonly Alternatives[] {
    return items === null ? prefixItems : [...prefixItems, items]
  }

  /** Whether a key of it, or of anything in it, might not belong to it. */
  #mayRefuse(alternatives: Alternatives): boolean {
    const known = this.#strict.get(alternatives)
    if (known !== undefined) return known
    // What is recursive is looked at where it stands.
    this.#strict.set(alternatives, true)
    const mayRefuse = alternatives.some(
      (shape) =>
        ((shape.types & OBJECT) !== 0 && this.#mayRefuseMembers(shape)) ||
        ((shape.types & ARRAY) !== 0 && this.#itemsOf(shape).some((items) => this.#mayRefuse(items))),
    )
    this.#strict.set(alternatives, mayRefuse)
    return mayRefuse
  }

  #mayRefuseMembers(shape: Shape): boolean {
    const { properties, patterns, others } = shape
    const members = [...properties.values(), ...patterns.map(([, one]) => one), others ?? []]
    return !this.#takesAny(shape) || members.some((member) => this.#mayRefuse(member))
  }
}
