import { pickByWalk, pickFields, pickItems, scalarOf, strayOf } from './pick-by-walk.js'
import { isScalar, type ArrayShape, type FieldsShape, type ObjectShape, type Shape } from './shape.js'

/** Copies what is declared of a value. */
export type Pick = (value: unknown) => unknown

/**
 * Compiles a shape to a function that copies what it declares: one function for each object and list, in which every key stands as
 * a constant, so that the copies of one place have one hidden class.
 *
 * Where code must not be made of text (`--disallow-code-generation-from-strings`), the shape is walked instead, which gives the same.
 *
 * Perf: copies, and lets `JSON.stringify` write: a writer of its own was faster with small objects on Node 20 alone, and up to four times
 * slower on Node 26 (docs/explanation/schema-answers.md has the table). Watched by bench/answers.mjs, contestant `pick`.
 */
export function compilePick(shape: Shape): Pick {
  if (shape.isOpen) return asItIs
  const writer = new PickWriter()
  const root = writer.value(shape, 'value', '""')
  const source = `${writer.functions.join('\n')}\nreturn function pick(value) { return ${root} }`
  try {
    const make = new Function('runtime', 'shapes', `"use strict"\n${source}`)
    return make({ pickFields, pickItems, scalarOf, strayOf }, writer.shapes) as Pick
  } catch (error) {
    if (!(error instanceof EvalError)) throw error
    return (value) => pickByWalk(shape, value)
  }
}

/** Of a schema that leaves all open. */
export function asItIs(value: unknown): unknown {
  return value
}

/**
 * Writes the source. Security: all that comes from a schema gets in as a literal of JSON, so that keys stay keys; `__proto__` is no
 * field of any shape.
 */
class PickWriter {
  readonly functions: string[] = []
  readonly shapes: unknown[] = []
  readonly #names = new Map<object, string>()

  /** An expression for what is written of `value`, which is a variable; `key` is the source of where it stands. */
  value(shape: Shape, value: string, key: string): string {
    if (shape.isOpen) return value
    const isObject = `typeof ${value} === "object" && ${value} !== null`
    if (isScalar(shape)) return `(${isObject} ? runtime.scalarOf(${value}, ${key}) : ${value})`
    return `(${isObject} ? ${this.#container(shape)}(${value}, ${key}) : ${value})`
  }

  #container(shape: Shape): string {
    return this.#declare(shape, (name) => {
      const object = shape.object === null ? 'runtime.strayOf(value)' : this.#object(shape.object)
      const array = shape.array === null ? 'null' : this.#array(shape.array)
      return `function ${name}(value, key) {
  if (typeof value.toJSON === "function") {
    value = value.toJSON(String(key))
    if (typeof value !== "object" || value === null) return value
  }
  return Array.isArray(value) ? ${array} : ${object}
}`
    })
  }

  #object(shape: ObjectShape): string {
    if (shape.is === 'whole') return 'value'
    if (shape.is === 'fields' && shape.rest === null) return `${this.#fields(shape)}(value)`
    if (shape.is === 'tagged') return `${this.#tagged(shape)}(value)`
    return `runtime.pickFields(${this.#constant(shape)}, value)`
  }

  /** Keys up to the first that may be missing stand in a literal; the others are added when they are there. */
  #fields(shape: FieldsShape): string {
    return this.#declare(shape, (name) => {
      const reads = shape.fields.map(({ key }, at) => `  const f${at} = value[${JSON.stringify(key)}]`)
      const parts = shape.fields.map(({ key, shape: inner, isRequired }, at) => ({
        key: JSON.stringify(key),
        value: this.value(inner, `f${at}`, JSON.stringify(key)),
        variable: `f${at}`,
        isRequired,
      }))
      const firstOptional = parts.findIndex(({ isRequired }) => !isRequired)
      const literal = firstOptional === -1 ? parts : parts.slice(0, firstOptional)
      const added = firstOptional === -1 ? [] : parts.slice(firstOptional)
      return [
        `function ${name}(value) {`,
        ...reads,
        `  const picked = { ${literal.map((part) => `${part.key}: ${part.value}`).join(', ')} }`,
        ...added.map((part) => `  if (${part.variable} !== undefined) picked[${part.key}] = ${part.value}`),
        '  return picked',
        '}',
      ].join('\n')
    })
  }

  #tagged(shape: ObjectShape & { is: 'tagged' }): string {
    return this.#declare(shape, (name) => {
      const cases = shape.cases.flatMap(({ values, shape: inner }) => [
        ...values.map((value) => `    case ${JSON.stringify(value)}:`),
        `      return ${this.#object(inner)}`,
      ])
      const switched = `switch (value[${JSON.stringify(shape.key)}]) {`
      return [
        `function ${name}(value) {`,
        `  ${switched}`,
        ...cases,
        '    default:',
        '      return {}',
        '  }',
        '}',
      ].join('\n')
    })
  }

  #array(shape: ArrayShape): string {
    if (shape.is === 'whole') return 'value'
    if (shape.is !== 'list' || shape.first.length > 0 || shape.rest === null) {
      return `runtime.pickItems(${this.#constant(shape)}, value)`
    }
    return `${this.#list(shape, shape.rest)}(value)`
  }

  /** A list of texts, numbers and the like is taken as it is, once it is known that there is nothing else in it. */
  #list(shape: ArrayShape, items: Shape): string {
    if (items.isOpen) return this.#declare(shape, (name) => `function ${name}(value) { return value }`)
    return this.#declare(shape, (name) => {
      const copy = `  const length = value.length
  const picked = new Array(length)
  for (let at = 0; at < length; at++) {
    const item = value[at]
    picked[at] = ${this.value(items, 'item', 'at')}
  }
  return picked`
      if (!isScalar(items)) return `function ${name}(value) {\n${copy}\n}`
      return `function ${name}(value) {
  for (let at = 0; at < value.length; at++) {
    const item = value[at]
    if (typeof item === "object" && item !== null) return ${name}Copied(value)
  }
  return value
}
function ${name}Copied(value) {\n${copy}\n}`
    })
  }

  #declare(shape: object, write: (name: string) => string): string {
    const known = this.#names.get(shape)
    if (known !== undefined) return known
    const name = `pick${this.#names.size}`
    // Before it is written: a recursive shape calls itself.
    this.#names.set(shape, name)
    this.functions.push(write(name))
    return name
  }

  #constant(shape: unknown): string {
    this.shapes.push(shape)
    return `shapes[${this.shapes.length - 1}]`
  }
}
