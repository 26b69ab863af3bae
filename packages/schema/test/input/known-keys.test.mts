import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import test from 'node:test'
import fc from 'fast-check'
import { z } from 'zod'
import { check, ValidationError } from '#dist/index.js'

interface Tree {
  name: string
  children?: Tree[] | undefined
}
const Tree: z.ZodType<Tree> = z.object({
  name: z.string(),
  get children() {
    return z.array(Tree).optional()
  },
})
const Point = z.object({ x: z.number(), y: z.number() })

/** A schema for each kind of place where keys may be, and the oracle: all of these strip what they do not name. */
const SCHEMAS = {
  flat: Point,
  nested: z.object({ at: Point, tags: z.array(z.string()) }),
  list: z.array(z.object({ id: z.number(), at: Point.nullable() })),
  'list of lists': z.array(z.array(Point)),
  optional: z.object({ at: Point.optional() }),
  record: z.record(z.string(), Point),
  tuple: z.tuple([Point, z.object({ only: z.string() })]),
  tagged: z.array(
    z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('point'), at: Point }),
      z.object({ kind: z.literal('name'), name: z.string() }),
    ]),
  ),
  recursive: Tree,
  loose: z.looseObject({ at: Point }),
  'odd names': z.object({ 'a"b\\': Point, toString: z.string(), 7: Point }),
}

/** What fits these, before keys are added at any depth. */
const VALUES: Readonly<Record<keyof typeof SCHEMAS, fc.Arbitrary<unknown>>> = (() => {
  const at = fc.constant({ x: 1, y: 2 })
  return {
    flat: at,
    nested: fc.record({ at, tags: fc.array(fc.string()) }),
    list: fc.array(fc.record({ id: fc.integer(), at: fc.oneof(at, fc.constant(null)) })),
    'list of lists': fc.array(fc.array(at)),
    optional: fc.record({ at }, { requiredKeys: [] }),
    record: fc.dictionary(fc.constantFrom('a', 'b', 'c'), at),
    tuple: fc.tuple(at, fc.record({ only: fc.string() })),
    tagged: fc.array(
      fc.oneof(
        fc.record({ kind: fc.constant('point'), at }),
        fc.record({ kind: fc.constant('name'), name: fc.string() }),
      ),
    ),
    recursive: fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.record(
        { name: fc.string(), children: fc.array(tie('tree'), { maxLength: 2, depthIdentifier: 'tree' }) },
        { requiredKeys: ['name'] },
      ),
    })).tree,
    loose: fc.record({ at }),
    'odd names': fc.record({ 'a"b\\': at, toString: fc.string(), 7: at }),
  }
})()

/** The same value with keys that nobody knows, in the objects whose turn it is. */
function withExtras(value: unknown, turns: boolean[]): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((item) => withExtras(item, turns))
  const members = Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, withExtras(member, turns)]),
  )
  return turns.pop() ? { ...members, extra: { y: 1 }, zero: 0 } : members
}

for (const [name, schema] of Object.entries(SCHEMAS) as [keyof typeof SCHEMAS, z.ZodType][]) {
  test(`unknown keys are found where Zod would strip them, and nowhere else: ${name}`, () => {
    const values = fc
      .tuple(VALUES[name], fc.array(fc.boolean(), { maxLength: 12 }))
      .map(([value, turns]) => withExtras(value, [...turns]))
      // In a record every key belongs to it; what stands there is none.
      .filter((value) => schema.safeParse(value).success)
    fc.assert(
      fc.property(values, (value) => {
        const before = structuredClone(value)
        const stripped = schema.parse(value)
        assert.deepEqual(check(schema, value, { unknown: 'strip' }), stripped)
        const hasExtras = JSON.stringify(sorted(stripped)) !== JSON.stringify(sorted(value))
        if (hasExtras) assert.throws(() => check(schema, value, { unknown: 'refuse' }), ValidationError)
        else assert.deepEqual(check(schema, value, { unknown: 'refuse' }), value)
        assert.deepEqual(value, before)
      }),
    )
  })
}

/** Zod gives members in the order of the schema. */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(sorted)
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, member]) => [key, sorted(member)]),
  )
}

test('unknown keys are found where code must not be made of text', () => {
  const program = `
    const { check } = require(${JSON.stringify(createRequire(import.meta.url).resolve('#dist/index.js'))})
    const { z } = require('zod')
    const schema = z.object({ list: z.array(z.object({ id: z.number() })) })
    const said = check(schema, { list: [{ id: 1, x: 1 }], y: 1 }, { unknown: 'strip' })
    try { check(schema, { list: [{ id: 1, x: 1 }] }, { unknown: 'refuse' }) }
    catch (error) { console.log(JSON.stringify([said, error.issues.map(({ path }) => path)])) }`
  const told = execFileSync(process.execPath, ['--disallow-code-generation-from-strings', '-e', program], {
    encoding: 'utf8',
    cwd: import.meta.dirname,
  })
  assert.deepEqual(JSON.parse(told), [{ list: [{ id: 1 }] }, [['list', 0, 'x']]])
})
