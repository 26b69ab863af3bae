import type { AnyApplication, StackLayer } from '../types/stack.js'

/** What was noted when a layer was added. */
export interface Registration {
  /** Made where `use`, `get` and the like was called: its stack leads to the line of the application. */
  readonly trace: Error
  /** The path as it was given; undefined for a layer inside a Route. */
  readonly path: unknown
  /** The application behind a `mounted_app`. */
  readonly mounted: AnyApplication | null
}

const notes = new WeakMap<object, Registration>()

/** What is known of how a layer came into its stack; null for what was added before anybody watched, or in another way. */
export function registrationOf(layer: StackLayer): Registration | null {
  return notes.get(layer) ?? null
}

export function noteRegistration(layer: StackLayer, registration: Registration): void {
  notes.set(layer, registration)
}

/** Enough to get out of a framework that is built on this one. */
const DEEPEST = 50

/** An error with the stack from the caller of `below` on. Its text is made when it is first asked for, not now. */
export function traceBelow(below: (...args: never[]) => unknown): Error {
  const limit = Error.stackTraceLimit
  setLimit(DEEPEST)
  const trace = new Error('registered')
  Error.captureStackTrace(trace, below)
  setLimit(limit)
  return trace
}

/** It can't be set where the intrinsics are frozen. */
function setLimit(limit: number): void {
  try {
    Error.stackTraceLimit = limit
  } catch {
    // Then there are as many frames as there are.
  }
}
