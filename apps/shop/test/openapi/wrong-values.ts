/** Values that a JSON Schema does not take, made from it. */

export type Schema = Readonly<Record<string, unknown>>

type Fields = Readonly<Record<string, unknown>>

const ONE_OF_EACH: Readonly<Record<string, unknown>> = {
  null: null,
  boolean: true,
  number: 1.5,
  string: 'nonsense',
  array: [],
  object: {},
}

/**
 * Copies of a value that its schema takes, each with one thing wrong: another type, out of bounds, missing, unknown.
 * `deref` follows references.
 */
export function* spoiled(given: unknown, value: unknown, deref: (schema: unknown) => Schema): Generator {
  const schema = deref(given)
  const branches = list(schema.anyOf).map(deref)
  yield* wrongTypes(branches.length === 0 ? [schema] : branches)
  for (const branch of branches.length === 0 ? [schema] : branches) {
    if (branch.properties !== undefined) yield* spoiledObjects(branch, fieldsOf(value), deref)
    else if (branches.length <= 1) yield* outOfBounds(branch, value, deref)
  }
}

function* wrongTypes(branches: readonly Schema[]): Generator {
  const types = new Set(branches.flatMap(typesOf))
  if (types.size === 0) return
  for (const [type, value] of Object.entries(ONE_OF_EACH))
    if (!types.has(type) && !(type === 'number' && types.has('number'))) yield value
}

function* spoiledObjects(
  { properties, required, additionalProperties }: Schema,
  value: Fields,
  deref: (schema: unknown) => Schema,
): Generator {
  for (const [name, inner] of Object.entries(fieldsOf(properties))) {
    for (const wrong of spoiled(inner, value[name], deref)) yield { ...value, [name]: wrong }
    if (!list(required).includes(name)) continue
    const { [name]: _left, ...rest } = value
    yield rest
  }
  if (additionalProperties === false) yield { ...value, unknown: 1 }
}

function* outOfBounds(schema: Schema, value: unknown, deref: (schema: unknown) => Schema): Generator {
  const { type, items, minimum, maximum, minLength, maxLength, pattern, format } = schema
  if (schema.enum !== undefined) yield 'NONSENSE'
  if (type === 'integer') yield* [1.5, '1', 1e308, Number(minimum ?? 0) - 1, Number(maximum ?? 2 ** 53) + 1]
  if (type === 'string' && schema.enum === undefined) {
    if (typeof maxLength === 'number') yield 'x'.repeat(maxLength + 1)
    if (typeof minLength === 'number' && minLength > 0) yield 'x'.repeat(minLength - 1)
    if (format === 'uuid' || format === 'email' || isNone(pattern, '')) yield ''
    if (format !== 'password') yield 'a\u0000b'
    yield 'a\ud800'
  }
  if (type === 'array') {
    for (const wrong of spoiled(items, list(value)[0], deref)) yield [wrong]
    yield Array.from({ length: 5000 }, () => ({}))
  }
}

/** Texts that a parameter of this schema does not take. */
export function wrongTexts({ type, maximum, maxLength, pattern, format, ...schema }: Schema): string[] {
  if (schema.enum !== undefined) return ['NONSENSE', '']
  // Times that are well written, and that no database has.
  if (format === 'date-time')
    return ['', 'x', '2025-02-30T00:00:00Z', '0000-01-01T00:00:00Z', '9999-12-31T23:59:59-14:00']
  if (type === 'integer')
    return ['', 'abc', '-1', '1.5', '\u0000', '9'.repeat(400), String(Number(maximum) + 1)]
  const texts = typeof maxLength === 'number' ? ['x'.repeat(maxLength + 1)] : []
  return [
    ...texts,
    ...['', '\u0000', '%', 'x y'].filter((text) => format === 'uuid' || isNone(pattern, text)),
  ]
}

function isNone(pattern: unknown, text: string): boolean {
  return typeof pattern === 'string' && !new RegExp(pattern, 'u').test(text)
}

function typesOf({ type, enum: values, const: only }: Schema): string[] {
  const known = [type].flat().filter((name) => typeof name === 'string')
  if (known.length > 0) return known.includes('integer') ? [...known, 'integer'] : known
  return [...list(values), ...(only === undefined ? [] : [only])].map((one) => typeof one)
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {}
}
