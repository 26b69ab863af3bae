import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import type { JsonSchema } from '@nozomi/schema'
import { compilePick } from '#dist/answers/written/compile-pick.js'
import { compileMatch } from '#dist/answers/written/matches.js'
import { pickByWalk } from '#dist/answers/written/pick-by-walk.js'
import { readShape } from '#dist/answers/written/read-shape.js'
import { strip } from './strip.mjs'

/** Keys that an object has without having them, that are indices, or that have to be escaped. */
const KEYS = [
  'a',
  'b',
  'id',
  '10',
  '2',
  'constructor',
  'toString',
  '__proto__',
  'toJSON',
  'x y',
  '"\\',
  '\u2028',
]

const key = fc.constantFrom(...KEYS)
const scalar = fc.constantFrom<JsonSchema>(
  { type: 'string' },
  { type: 'number' },
  { type: ['boolean', 'null'] },
)

const { schema } = fc.letrec<{ schema: JsonSchema; object: JsonSchema }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    scalar,
    fc.constantFrom<JsonSchema>({}, { type: 'object' }, { type: 'array' }, { $ref: '#/$defs/tree' }),
    tie('object'),
    tie('object'),
    fc.record({ type: fc.constant('array' as const), items: tie('schema') }),
    fc.record(
      {
        type: fc.constant('array' as const),
        prefixItems: fc.array(tie('schema'), { minLength: 1, maxLength: 2 }),
        items: fc.oneof(fc.constant(false), tie('schema')),
      },
      { requiredKeys: ['type', 'prefixItems'] },
    ),
    tie('object').map((object): JsonSchema => ({ anyOf: [object, { type: 'null' }] })),
    fc
      .tuple(tie('object'), tie('schema'))
      .map(
        ([object, items]): JsonSchema => ({ anyOf: [{ type: 'array', items }, { type: 'string' }, object] }),
      ),
    fc.array(tie('object'), { minLength: 2, maxLength: 3 }).map(tagged),
    fc
      .array(fc.dictionary(fc.constantFrom('a', 'b', 'id'), scalar, { minKeys: 1 }), {
        minLength: 2,
        maxLength: 3,
      })
      .map(untagged),
  ),
  object: fc
    .record({
      properties: fc.uniqueArray(fc.tuple(key, tie('schema'), fc.boolean()), {
        maxLength: 5,
        selector: ([name]) => name,
      }),
      rest: fc.option(fc.oneof(fc.boolean(), tie('schema')), { freq: 2 }),
    })
    .map(
      ({ properties, rest }): JsonSchema => ({
        type: 'object',
        properties: Object.fromEntries(properties.map(([name, one]) => [name, one])),
        required: properties.filter(([, , isRequired]) => isRequired).map(([name]) => name),
        ...(rest === null ? {} : { additionalProperties: rest }),
      }),
    ),
}))

function tagged(objects: JsonSchema[]): JsonSchema {
  const anyOf = objects.map(
    (object, at): JsonSchema => ({
      ...object,
      properties: { ...object.properties, kind: { const: `k${at}` } },
      required: [...(object.required ?? []), 'kind'],
    }),
  )
  return { 'x-tag': 'kind', anyOf }
}

function untagged(options: Record<string, JsonSchema>[]): JsonSchema {
  return {
    anyOf: options.map((properties) => ({ type: 'object', properties, required: Object.keys(properties) })),
  }
}

const TREE: JsonSchema = {
  type: 'object',
  properties: {
    a: { type: 'string' },
    b: { type: 'array', items: { $ref: '#/$defs/tree' } },
    id: { anyOf: [{ $ref: '#/$defs/tree' }, { type: 'null' }] },
  },
}

class Getter {
  readonly #a = 'of a class'
  get a(): string {
    return this.#a
  }
}

/** Values of all kinds, with keys that are declared and keys that are not. */
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.oneof(fc.string({ unit: 'binary' }), fc.double(), fc.integer(), fc.boolean(), fc.constant(null)),
    fc.constant(undefined),
    fc.constantFrom<unknown>(new Date(0), new Date(Number.NaN), new URL('http://a/'), new Getter(), () => 1),
    fc.constantFrom<unknown>(Symbol('no'), new Map([[1, 2]]), Object('boxed'), Object(7), new Getter()),
    fc.array(tie('value'), { maxLength: 4 }),
    entries(tie('value')),
    entries(tie('value')),
    entries(tie('value')).map((one) => ({ secret: 1, toJSON: () => one })),
  ),
}))

function entries(of: fc.Arbitrary<unknown>): fc.Arbitrary<Record<string, unknown>> {
  const kind = fc.constantFrom('k0', 'k1', 'k2', 'none')
  const named = fc.dictionary(fc.oneof(key, fc.constant('undeclared')), of, { maxKeys: 5 })
  return fc.tuple(named, fc.option(kind)).map(([one, tag]) => {
    if (tag !== null) one['kind'] = tag
    // What comes out of `JSON.parse` can have such a key.
    if (Object.hasOwn(one, 'toJSON') && typeof one['toJSON'] === 'function') delete one['toJSON']
    return one
  })
}

test('writes the bytes of what a slow walk through the schema leaves, compiled and step by step', () => {
  let differs = 0
  fc.assert(
    fc.property(schema, value, (one, given) => {
      const root: JsonSchema = { ...one, $defs: { tree: TREE } }
      const expected = JSON.stringify(strip(root, root, given))
      const read = readShape(root, (alternative) => {
        const { matches, isWhole } = compileMatch(root, alternative)
        return { matches, isSure: isWhole }
      })
      assert.equal(JSON.stringify(compilePick(read.shape)(given)), expected)
      assert.equal(JSON.stringify(pickByWalk(read.shape, given)), expected)
      if (expected !== JSON.stringify(given)) differs++
    }),
    { numRuns: 1000 },
  )
  assert.ok(differs > 100, `only ${differs} values had something to leave out`)
})
