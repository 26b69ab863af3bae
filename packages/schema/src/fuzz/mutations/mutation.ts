import type { ApiDescription } from '../../drift/api-description.js'
import type { DescribedOperation } from '../../drift/document.js'
import type { FuzzInput } from '../requests/fuzz-input.js'

/** What is done to an input that the document allows: one thing, at one place. */
export type MutationKind =
  | 'missing-required'
  | 'missing-body'
  | 'wrong-type'
  | 'out-of-bounds'
  | 'bad-enum'
  | 'bad-format'
  | 'unknown-key'
  | 'malformed-json'
  | 'wrong-media-type'
  | 'prototype-key'
  | 'malformed-url'
  | 'odd-text'
  | 'nul'
  | 'very-long'
  | 'extreme-number'
  | 'deep-nesting'
  | 'oversize'

/** An input that was changed, and where: `/body/name`. */
export interface Mutant {
  readonly input: FuzzInput
  readonly place: string
}

/** Where mutations are looked for. */
export interface MutationSubject {
  readonly api: ApiDescription
  readonly operation: DescribedOperation
  readonly input: FuzzInput
}

/** One way to go wrong. */
export interface Mutation {
  readonly kind: MutationKind
  /** Whether what comes out must leave the document; else it is sent whatever the document says of it. */
  readonly leavesDocument: boolean
  /** Whether it is a finding that the server accepts it. */
  readonly mustBeRefused: boolean
  /** Statuses that what stands in front of a route answers in its own way: they are not held against the document. */
  readonly inFront: readonly number[]
  /** Every mutant of an input; each is made when it is called. */
  mutants(subject: MutationSubject): readonly (() => Mutant)[]
}
