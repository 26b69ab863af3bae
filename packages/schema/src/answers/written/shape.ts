/**
 * What is written of a value at one place of an answer, made from a JSON Schema (read-shape.ts). Numbers, texts and the like are
 * always written as they are; of objects and lists, what is declared.
 *
 * The fields of a shape are filled after it was made, since schemas may lead back to themselves.
 */
export interface Shape {
  /** Written as it is, whatever is in it. */
  isOpen: boolean
  /** Null: no object is declared here, and `null` stands in the answer for one. */
  object: ObjectShape | null
  array: ArrayShape | null
}

export type ObjectShape =
  | FieldsShape
  | TaggedShape
  | WholeShape
  | TrialShape<ObjectShape>
  | AllShape<ObjectShape>
export type ArrayShape = ListShape | WholeShape | TrialShape<ArrayShape> | AllShape<ArrayShape>

/** Declared keys, in the order in which `JSON.stringify` writes an object that got them in the order of the schema. */
export interface FieldsShape {
  readonly is: 'fields'
  readonly fields: readonly Field[]
  /** Of all other keys; null when none of them is written. */
  readonly rest: RestShape | null
}

export interface Field {
  readonly key: string
  readonly shape: Shape
  readonly isRequired: boolean
}

export interface RestShape {
  readonly patterns: readonly { readonly pattern: RegExp; readonly shape: Shape }[]
  /** Of keys that no pattern matches; null when they are not written. */
  readonly other: Shape | null
}

/** One of several, by the value of one required key. */
export interface TaggedShape {
  readonly is: 'tagged'
  readonly key: string
  readonly cases: readonly { readonly values: readonly Scalar[]; readonly shape: ObjectShape }[]
}

export type Scalar = string | number | boolean | null

export interface ListShape {
  readonly is: 'list'
  /** Of the first items, one for each. */
  readonly first: readonly Shape[]
  /** Of those that follow; null when they are not written. */
  readonly rest: Shape | null
}

/** Written as it is: an object or a list of which nothing is declared. */
export interface WholeShape {
  readonly is: 'whole'
}

/**
 * What the alternatives declare that the value satisfies. As far as that is not sure, only what all of them declare that it may satisfy.
 */
export interface TrialShape<S> {
  readonly is: 'trial'
  readonly options: readonly Option<S>[]
}

/** One of several alternatives. */
export interface Option<S> {
  readonly matches: (value: unknown) => boolean
  /** Whether what matches does satisfy it; else it may. */
  readonly isSure: boolean
  readonly shape: S
}

/** What any of them declares. */
export interface AllShape<S> {
  readonly is: 'all'
  readonly parts: readonly S[]
}

/** Objects and lists are not written here. */
export function isScalar(shape: Shape): boolean {
  return !shape.isOpen && shape.object === null && shape.array === null
}
