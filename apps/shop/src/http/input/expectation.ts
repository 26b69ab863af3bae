import { z } from 'zod'

/** Longer values are not repeated in an error. */
const SHOWN_CHARACTERS = 60

/**
 * Says, for people, what is right for a value: it completes "expected ...". Told when the value is not right, beside what it is, and in the
 * OpenAPI document where nothing else describes it.
 *
 * What is within the schema tells of itself: fields of objects and items of lists.
 */
export function expecting<S extends z.ZodType>(expected: string, schema: S): S {
  const words: Words = (issue) => {
    if (issue.code === 'unrecognized_keys') return undefined
    const own = issue.code === 'custom' ? (issue.params as Partial<Refusal> | undefined) : undefined
    return sentenceOf({
      problem: own?.problem ?? described(issue.input),
      expected: own?.expected ?? expected,
    })
  }
  return telling(schema, words).meta({ description: expected, ...schema.meta() }) as S
}

/** What is wrong by a rule of the shop, and what would be right. */
export interface Refusal {
  readonly problem: string
  readonly expected: string
}

/** How it is told: `is 500; expected a whole number from 1 to 100`. */
export function sentenceOf({ problem, expected }: Refusal): string {
  return `${problem}; expected ${expected}`
}

/** For `context.addIssue`: what a rule over several fields finds, or one that has words of its own. */
export function refusal(refused: Refusal, path: PropertyKey[] = []) {
  return { code: 'custom', path, message: sentenceOf(refused) } as const
}

type Words = (issue: z.core.$ZodRawIssue) => string | undefined

/** What schemas are made around, by the names that Zod has for it. */
interface Definition extends z.core.$ZodTypeDef {
  readonly in?: z.ZodType
  readonly out?: z.ZodType
  readonly innerType?: z.ZodType
}

/** The schema with these words for whatever it finds itself: also where it is an optional, a default or a transformation of another. */
function telling<S extends z.ZodType>(schema: S, words: Words): S {
  const { checks, in: before, out, innerType, ...rest } = schema.def as Definition
  return schema.clone({
    ...rest,
    error: words,
    ...(checks && { checks: checks.map((check) => tellingCheck(check, words)) }),
    ...(before && { in: telling(before, words) }),
    ...(out && { out: telling(out, words) }),
    ...(innerType && { innerType: telling(innerType, words) }),
  } as S['def'])
}

function tellingCheck(check: z.core.$ZodCheck<never>, words: Words): z.core.$ZodCheck<never> {
  const { constr, def } = check._zod as unknown as {
    constr: new (def: object) => z.core.$ZodCheck<never>
    def: object
  }
  // A function that adds issues of its own brings their words.
  return constr === (z.core.$ZodCheck as unknown) ? check : new constr({ ...def, error: words })
}

function described(value: unknown): string {
  if (value === undefined) return 'is missing'
  if (Array.isArray(value)) return 'is a list'
  if (typeof value === 'object' && value !== null) return 'is an object'
  if (typeof value === 'string' && value.length > SHOWN_CHARACTERS) return `has ${value.length} characters`
  return `is ${shown(value)}`
}

/** Security: signs that turn the direction of writing would do so in the error too. */
function shown(value: unknown): string {
  return String(JSON.stringify(value)).replaceAll(
    /[\u202a-\u202e\u2066-\u2069]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16)}`,
  )
}
