import * as fc from 'fast-check'
import type { JsonSchema } from '../../types/json-schema.js'
import { Unsatisfiable } from './unsatisfiable.js'

interface Bounds {
  readonly min: number
  readonly minExcluded: boolean
  readonly max: number
  readonly maxExcluded: boolean
}

const INT32 = 2 ** 31
/** Beyond it, numbers have more digits than mean anything in JSON. */
const LARGEST = 1e15

/** Numbers within the bounds of a schema; integers where it wants integers or multiples of one. */
export function numberArbitrary(schema: JsonSchema, isInteger: boolean): fc.Arbitrary<number> {
  const bounds = boundsOf(schema)
  if (schema.multipleOf !== undefined && schema.multipleOf > 0)
    return multiples(bounds, schema.multipleOf, isInteger)
  if (isInteger) return integers(bounds)
  if (bounds.min > bounds.max) throw new Unsatisfiable('no number is within the bounds')
  return fc
    .double({ ...bounds, noNaN: true, noDefaultInfinity: true })
    .map((value) => (value === 0 ? 0 : value))
}

function boundsOf({ minimum, maximum, exclusiveMinimum, exclusiveMaximum, format }: JsonSchema): Bounds {
  const widest = format === 'int32' ? INT32 : LARGEST
  const low = Math.max(minimum ?? -widest, exclusiveMinimum ?? -widest)
  const high = Math.min(maximum ?? widest - 1, exclusiveMaximum ?? widest - 1)
  // A bound beyond what is taken by default counts alone.
  const min = minimum === undefined && exclusiveMinimum === undefined ? Math.min(low, high) : low
  const max = maximum === undefined && exclusiveMaximum === undefined ? Math.max(low, high) : high
  return {
    min,
    minExcluded: exclusiveMinimum === min,
    max,
    maxExcluded: exclusiveMaximum === max,
  }
}

function integers({ min, minExcluded, max, maxExcluded }: Bounds): fc.Arbitrary<number> {
  const first = Math.ceil(min) + (minExcluded && Number.isInteger(min) ? 1 : 0)
  const last = Math.floor(max) - (maxExcluded && Number.isInteger(max) ? 1 : 0)
  const low = Math.max(first, Number.MIN_SAFE_INTEGER)
  const high = Math.min(last, Number.MAX_SAFE_INTEGER)
  if (low > high) throw new Unsatisfiable('no integer is within the bounds')
  return fc.integer({ min: low, max: high })
}

function multiples(bounds: Bounds, step: number, isInteger: boolean): fc.Arbitrary<number> {
  const digits = Math.min(20, decimalsOf(step))
  const counts = integers({ ...bounds, min: bounds.min / step, max: bounds.max / step })
  return counts
    .map((count) => Number((count * step).toFixed(digits)))
    .filter((value) => !isInteger || Number.isInteger(value))
}

/** 2 of 0.25, 7 of 1e-7. */
function decimalsOf(value: number): number {
  const [digits = '', exponent = '0'] = String(value).split('e')
  return Math.max(0, (digits.split('.')[1]?.length ?? 0) - Number(exponent))
}
