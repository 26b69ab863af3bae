import { types } from 'node:util'
import { jsonForm } from '../json-form.js'
import {
  isScalar,
  type ArrayShape,
  type FieldsShape,
  type ListShape,
  type ObjectShape,
  type Shape,
  type TrialShape,
} from './shape.js'

/*
 * Copies what a shape declares of a value, step by step: what the compiled functions do in one piece (compile-pick.ts). It runs where
 * code can't be compiled, and for what is too rare to compile.
 *
 * What is given is copied as `JSON.stringify` would see it: `toJSON()` is called, and keys without a value are left out. An object or
 * a list where none is declared becomes null, so that nothing in it leaks.
 */

type Values = Record<string, unknown>

/** @param key the key or index under which the value stands, which `toJSON` is given */
export function pickByWalk(shape: Shape, value: unknown, key: string | number = ''): unknown {
  if (shape.isOpen || typeof value !== 'object' || value === null) return value
  if (isScalar(shape)) return scalarOf(value, key)
  const json = toJson(value, key)
  if (typeof json !== 'object' || json === null) return json
  if (Array.isArray(json)) return shape.array === null ? null : pickItems(shape.array, json)
  return shape.object === null ? strayOf(json) : pickFields(shape.object, json as Values)
}

/** Of an object where a text, a number or the like is declared. */
export function scalarOf(value: object, key: string | number): unknown {
  const json = toJson(value, key)
  return typeof json === 'object' && json !== null ? strayOf(json) : json
}

/** Of an object where none is declared: null, unless it stands for a number, a text or a truth value. */
export function strayOf(value: object): unknown {
  return isBoxed(value) ? value : null
}

export function pickFields(shape: ObjectShape, value: Values): unknown {
  switch (shape.is) {
    case 'whole':
      return value
    case 'fields':
      return pickNamed(shape, value)
    case 'tagged': {
      const tag = value[shape.key]
      const found = shape.cases.find(({ values }) => values.includes(tag as string))
      return found === undefined ? {} : pickFields(found.shape, value)
    }
    case 'all':
      return mergeAll(shape.parts.map((one) => pickFields(one, value)))
    case 'trial':
      return pickTried(shape, value, (one) => pickFields(one, value))
  }
}

export function pickItems(shape: ArrayShape, value: readonly unknown[]): unknown {
  switch (shape.is) {
    case 'whole':
      return value
    case 'list':
      return pickListed(shape, value)
    case 'all':
      return mergeAll(shape.parts.map((one) => pickItems(one, value)))
    case 'trial':
      return pickTried(shape, value, (one) => pickItems(one, value))
  }
}

function pickNamed({ fields, rest }: FieldsShape, value: Values): Values {
  const picked: Values = {}
  for (const { key, shape } of fields) {
    const one = value[key]
    if (one !== undefined) picked[key] = pickByWalk(shape, one, key)
  }
  if (rest !== null) {
    const named = new Set(fields.map(({ key }) => key))
    for (const key of Object.keys(value)) {
      // Security: no object gets another prototype by its keys.
      if (named.has(key) || key === '__proto__') continue
      const shape = rest.patterns.find(({ pattern }) => pattern.test(key))?.shape ?? rest.other
      if (shape !== null && value[key] !== undefined) picked[key] = pickByWalk(shape, value[key], key)
    }
  }
  return picked
}

function pickListed({ first, rest }: ListShape, value: readonly unknown[]): unknown[] {
  const length = rest === null ? Math.min(first.length, value.length) : value.length
  // Invariant: holes are walked too, since `JSON.stringify` writes them.
  return Array.from({ length }, (_, at) => {
    const shape = first[at] ?? rest
    return shape === null ? value[at] : pickByWalk(shape, value[at], at)
  })
}

function pickTried<S>({ options }: TrialShape<S>, value: unknown, pick: (shape: S) => unknown): unknown {
  const form = jsonForm(value, false)
  const matching = options.filter(({ matches }) => matches(form))
  const sure = matching.filter(({ isSure }) => isSure)
  if (sure.length > 0) return mergeAll(sure.map(({ shape }) => pick(shape)))
  const possible = matching.length === 0 ? options : matching
  // Security: the schema may have refused any of them.
  return possible.map(({ shape }) => pick(shape)).reduce(common)
}

function mergeAll(picked: readonly unknown[]): unknown {
  return picked.reduce(merge)
}

/** What several shapes picked of one value, in one: they agree where both have something. */
function merge(one: unknown, other: unknown): unknown {
  if (Array.isArray(one) && Array.isArray(other)) {
    const [longer, shorter] = one.length >= other.length ? [one, other] : [other, one]
    return longer.map((item, at) => (at < shorter.length ? merge(item, shorter[at]) : item))
  }
  if (!isRecord(one) || !isRecord(other)) return one ?? other
  const merged: Values = { ...one }
  for (const key of Object.keys(other)) {
    merged[key] = Object.hasOwn(merged, key) ? merge(merged[key], other[key]) : other[key]
  }
  return merged
}

/** What two shapes both picked of one value. */
function common(one: unknown, other: unknown): unknown {
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.slice(0, other.length).map((item, at) => common(item, other[at]))
  }
  if (isRecord(one) && isRecord(other)) {
    const keys = Object.keys(one).filter((key) => Object.hasOwn(other, key))
    return Object.fromEntries(keys.map((key) => [key, common(one[key], other[key])]))
  }
  const isContainer = typeof one === 'object' || typeof other === 'object'
  return isContainer && one !== other ? null : one
}

function isRecord(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isBoxed(value)
}

function toJson(value: object, key: string | number): unknown {
  const { toJSON } = value as { toJSON?: unknown }
  return typeof toJSON === 'function' ? toJSON.call(value, String(key)) : value
}

/** What `JSON.stringify` writes as the number, text or truth value that it holds. */
function isBoxed(value: object): boolean {
  if (types.isBoxedPrimitive(value)) return true
  const { isRawJSON } = JSON as { isRawJSON?: (value: object) => boolean }
  return isRawJSON?.(value) === true
}
