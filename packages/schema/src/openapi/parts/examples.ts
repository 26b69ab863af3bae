import type { Examples } from '../../types/contract.js'
import type { ExampleObject } from '../types/document.js'

const MEMBERS = new Set(['summary', 'description', 'value', 'externalValue'])

/** Examples by name; those of a list have numbers. A value may stand by itself, or in an object of OpenAPI. */
export function examplesOf(examples: Examples | undefined): Record<string, ExampleObject> | undefined {
  if (examples === undefined) return undefined
  const entries = Array.isArray(examples)
    ? examples.map((value, i): [string, unknown] => [String(i + 1), value])
    : Object.entries(examples)
  if (entries.length === 0) return undefined
  return Object.fromEntries(entries.map(([name, value]) => [name, isExample(value) ? value : { value }]))
}

function isExample(value: unknown): value is ExampleObject {
  if (typeof value !== 'object' || value === null) return false
  const names = Object.keys(value)
  return (
    names.some((name) => name === 'value' || name === 'externalValue') &&
    names.every((name) => MEMBERS.has(name))
  )
}
