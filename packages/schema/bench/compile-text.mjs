import { pickFields, pickItems, scalarOf, strayOf } from '../dist/answers/written/pick-by-walk.js'
import { isScalar } from '../dist/answers/written/shape.js'

/** What does not stand in JSON as it is: control characters, quotes, backslashes, and halves of surrogate pairs. */
const ESCAPED = /[^ !#-[\]-\ud7ff\ue000-\uffff]/

/**
 * Puts the text of an answer together from what its shape declares, without JSON.stringify: what was measured, and is not used
 * (answers.mjs). Objects whose keys are not all declared are copied first.
 */
export function compileText(shape) {
  const writer = new TextWriter()
  const root = writer.value(shape, 'value', '""')
  const source = `${writer.functions.join('\n')}\nreturn function write(value) { return ${root} }`
  const make = new Function('runtime', 'shapes', 'quote', 'scalar', `"use strict"\n${source}`)
  return make({ pickFields, pickItems, scalarOf, strayOf }, writer.shapes, quote, scalar)
}

function quote(text) {
  const { length } = text
  if (length > 40) return length < 5000 && !ESCAPED.test(text) ? `"${text}"` : JSON.stringify(text)
  for (let at = 0; at < length; at++) {
    const code = text.charCodeAt(at)
    if (code < 32 || code === 34 || code === 92 || (code >= 0xd800 && code <= 0xdfff)) {
      return JSON.stringify(text)
    }
  }
  return `"${text}"`
}

function scalar(value) {
  switch (typeof value) {
    case 'string':
      return quote(value)
    case 'number':
      return value - value === 0 ? `${value}` : 'null'
    case 'boolean':
      return value ? 'true' : 'false'
    default:
      return value === null ? 'null' : JSON.stringify(value)
  }
}

class TextWriter {
  functions = []
  shapes = []
  #names = new Map()

  value(shape, value, key) {
    if (shape.isOpen) return `JSON.stringify(${value})`
    const isObject = `typeof ${value} === "object" && ${value} !== null`
    if (isScalar(shape))
      return `(${isObject} ? scalar(runtime.scalarOf(${value}, ${key})) : scalar(${value}))`
    return `(${isObject} ? ${this.#container(shape)}(${value}, ${key}) : scalar(${value}))`
  }

  #container(shape) {
    return this.#declare(shape, (name) => {
      const object =
        shape.object === null ? 'JSON.stringify(runtime.strayOf(value))' : this.#object(shape.object)
      const array = shape.array === null ? '"null"' : this.#array(shape.array)
      return `function ${name}(value, key) {
  if (typeof value.toJSON === "function") {
    value = value.toJSON(String(key))
    if (typeof value !== "object" || value === null) return scalar(value)
  }
  return Array.isArray(value) ? ${array} : ${object}
}`
    })
  }

  #object(shape) {
    if (shape.is === 'whole') return 'JSON.stringify(value)'
    if (shape.is === 'fields' && shape.rest === null) return `${this.#fields(shape)}(value)`
    return `JSON.stringify(runtime.pickFields(${this.#constant(shape)}, value))`
  }

  #fields(shape) {
    return this.#declare(shape, (name) => {
      const lines = [`function ${name}(value) {`, `  let text = "", one, json`]
      shape.fields.forEach(({ key, shape: inner }, at) => {
        const quoted = JSON.stringify(key)
        const comma =
          at === 0
            ? JSON.stringify(`{${quoted}:`)
            : `(text === "" ? ${JSON.stringify(`{${quoted}:`)} : ${JSON.stringify(`,${quoted}:`)})`
        lines.push(`  one = value[${quoted}]`)
        lines.push(
          `  if (one !== undefined && (json = ${this.value(inner, 'one', quoted)}) !== undefined) text += ${comma} + json`,
        )
      })
      lines.push('  return text === "" ? "{}" : text + "}"', '}')
      return lines.join('\n')
    })
  }

  #array(shape) {
    if (shape.is === 'whole') return 'JSON.stringify(value)'
    if (shape.is !== 'list' || shape.first.length > 0 || shape.rest === null) {
      return `JSON.stringify(runtime.pickItems(${this.#constant(shape)}, value))`
    }
    return `${this.#list(shape, shape.rest)}(value)`
  }

  #list(shape, items) {
    return this.#declare(
      shape,
      (name) => `function ${name}(value) {
  const length = value.length
  if (length === 0) return "[]"
  let text = "["
  for (let at = 0; at < length; at++) {
    const item = value[at]
    const json = ${this.value(items, 'item', 'at')}
    text += (at === 0 ? "" : ",") + (json === undefined ? "null" : json)
  }
  return text + "]"
}`,
    )
  }

  #declare(shape, write) {
    const known = this.#names.get(shape)
    if (known !== undefined) return known
    const name = `write${this.#names.size}`
    this.#names.set(shape, name)
    this.functions.push(write(name))
    return name
  }

  #constant(shape) {
    this.shapes.push(shape)
    return `shapes[${this.shapes.length - 1}]`
  }
}
