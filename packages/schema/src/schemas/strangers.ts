/*
 * What becomes of strangers: members of an object that its schema does not name. Asked of the schemas themselves, and not of what they say as
 * JSON Schema, which whoever writes a schema may write as well.
 */
import type { Schema } from '../types/schema.js'
import { isForbidden } from './forbidden-key.js'
import { isZod4 } from './zod.js'

/**
 * - `dropped`: all of them, at every depth. What makes the text of an issue, and a rule that runs where its value is wrong, may see them;
 * - `stopped`: the same, but that for some the value is refused;
 * - `met`: something may come through, or be seen; also where nobody knows, as with libraries other than Zod 4 and Valibot.
 */
export type Strangers = 'dropped' | 'stopped' | 'met'

/** What a schema does with strangers. It is looked at when that is asked for the first time: schemas may name others that come later. */
export function compileStrangers(schema: Schema): () => Strangers {
  let known: Strangers | null = null
  return () => (known ??= look(schema, { depth: 0, count: 0 }))
}

/** So deep, and at so many schemas, is looked. What is recursive has no end: its values may be nested however deep. */
const MAX_DEPTH = 64
const MAX_SCHEMAS = 2000

interface Look {
  depth: number
  count: number
}

/** What a schema is made of: null where strangers may be met. */
type Parts = { readonly parts: readonly unknown[]; readonly isStrict?: boolean } | null

function look(schema: unknown, at: Look): Strangers {
  if (at.depth >= MAX_DEPTH || ++at.count > MAX_SCHEMAS) return 'met'
  const found = partsOf(schema as Schema)
  if (found === null) return 'met'
  let strangers: Strangers = found.isStrict === true ? 'stopped' : 'dropped'
  at.depth++
  for (const part of found.parts) {
    const ofPart = look(part, at)
    if (ofPart === 'met') return 'met'
    if (ofPart === 'stopped') strangers = 'stopped'
  }
  at.depth--
  return strangers
}

function partsOf(schema: Schema): Parts {
  if (typeof schema !== 'object' && typeof schema !== 'function') return null
  if (schema === null) return null
  if (isZod4(schema)) return partsOfZod(schema._zod.def)
  const valibot = schema as unknown as ValibotSchema
  return (valibot['~standard'] as { vendor?: unknown } | undefined)?.vendor === 'valibot'
    ? partsOfValibot(valibot)
    : null
}

/** Of these nothing but a value that is no object comes through, or a new one: a date. Other types are not known: `any`, `custom`, `catch`. */
const ZOD_LEAVES = new Set(
  'bigint boolean date enum int literal nan never null number string symbol template_literal undefined void'.split(
    ' ',
  ),
)
const ZOD_WRAPPERS = new Set('default nonoptional nullable optional prefault readonly success'.split(' '))

/**
 * Invariant: rules of a schema, `refine()` and others, and the second part of a pipe see what has become of the value, and not what came. Functions
 * of `preprocess()` and `catch()` see what came. So do rules and texts of issues for what is wrong; that is refused, whatever they say.
 */
function partsOfZod(def: { readonly type: string; readonly [part: string]: unknown }): Parts {
  if (ZOD_LEAVES.has(def.type)) return { parts: [] }
  if (ZOD_WRAPPERS.has(def.type)) return { parts: [def['innerType']] }
  switch (def.type) {
    case 'object': {
      const catchall = def['catchall'] as { _zod: { def: { type: string } } } | null | undefined
      const isStrict = catchall?._zod.def.type === 'never'
      if (catchall && !isStrict) return null
      return namesForbidden(def['shape']) ? null : { parts: Object.values(def['shape'] as object), isStrict }
    }
    case 'array':
      return { parts: [def['element']] }
    case 'tuple':
      return { parts: [...(def['items'] as unknown[]), ...(def['rest'] ? [def['rest']] : [])] }
    case 'union':
      return { parts: def['options'] as unknown[] }
    case 'intersection':
      return { parts: [def['left'], def['right']] }
    case 'pipe':
      return { parts: [def['in']] }
    default:
      return null
  }
}

/** Such a member is let through, and refused where it comes from a client all the same. */
function namesForbidden(members: unknown): boolean {
  return Object.keys(members as object).some(isForbidden)
}

interface ValibotSchema extends Schema {
  readonly type: string
  readonly [part: string]: unknown
}

const VALIBOT_LEAVES = new Set(
  'bigint boolean date enum literal nan never null number picklist string symbol undefined void'.split(' '),
)
const VALIBOT_WRAPPERS = new Set(
  'exact_optional non_nullable non_nullish non_optional nullable nullish optional undefinedable'.split(' '),
)

/** Of a pipe these are the members of its first schema, whose value the others get. */
function partsOfValibot(schema: ValibotSchema): Parts {
  if ('fallback' in schema) return null
  const { type } = schema
  if (VALIBOT_LEAVES.has(type)) return { parts: [] }
  if (VALIBOT_WRAPPERS.has(type)) return { parts: [schema['wrapped']] }
  switch (type) {
    case 'object':
    case 'strict_object':
      return namesForbidden(schema['entries'])
        ? null
        : { parts: Object.values(schema['entries'] as object), isStrict: type === 'strict_object' }
    case 'array':
      return { parts: [schema['item']] }
    case 'tuple':
    case 'strict_tuple':
      return { parts: schema['items'] as unknown[] }
    case 'intersect':
    case 'union':
    case 'variant':
      return { parts: schema['options'] as unknown[] }
    default:
      return null
  }
}
