import { jsonSchemaOf } from '../schemas/json-schema-of.js'
import { schemaIssue, type SchemaIssue } from '../schemas/naming/schema-issue.js'
import { compileSchema, type Result, type RunSchema } from '../schemas/run-schema.js'
import type { ResponseContract } from '../types/contract.js'
import type { Schema } from '../types/schema.js'
import { jsonForm } from './json-form.js'
import { keepsValues, stripsUnknown } from './keeps-values.js'
import { compilePick, type Pick } from './written/compile-pick.js'
import { optionsOf } from './written/options-of.js'
import { readShape } from './written/read-shape.js'

export type AnswerMode = 'validate' | 'serialize'

/** What is sent of a value, or a Mismatch that says why it is not. */
export type Take = (value: unknown) => unknown

/** What a schema makes of values. */
export interface Taking {
  readonly take: Take
  /** The same where `take` looks at nothing: with a Mismatch for what is refused. */
  readonly checked: () => Take
}

/** What one status of a contract declares, compiled. */
export interface Answer {
  /** By media type, in lower case and without parameters; null for what is no JSON: of that, nothing is checked. */
  readonly byType: ReadonlyMap<string, Taking | null>
  /** Of JSON whose media type is not set, or not declared. */
  readonly usual: Taking | null
}

/** What a schema refuses: a class of its own, since everything else can be an answer. */
export class Mismatch {
  readonly issues: readonly SchemaIssue[]

  constructor(issues: readonly SchemaIssue[]) {
    this.issues = issues
  }
}

export const PROBLEM_TYPE = 'application/problem+json'
const JSON_TYPE = 'application/json'

/** Compiled at registration: neither a schema nor an option is looked at when an answer is sent. */
export function compileAnswer(declared: Schema | ResponseContract | null, mode: AnswerMode): Answer {
  const contract: ResponseContract =
    declared !== null && '~standard' in declared ? { schema: declared } : (declared ?? {})
  const { content, contentType = JSON_TYPE, schema = null } = contract
  const byType = new Map<string, Taking | null>()
  if (content === undefined) {
    byType.set(essenceOf(contentType), isJson(contentType) ? compileTaking(schema, mode) : null)
  }
  for (const [type, one] of Object.entries(content ?? {})) {
    byType.set(essenceOf(type), one !== null && isJson(type) ? compileTaking(one, mode) : null)
  }
  return { byType, usual: usualOf(byType) }
}

/** What two contracts declare for one status: what either of them takes. The later one speaks where neither does. */
export function eitherAnswer(later: Answer, earlier: Answer): Answer {
  const byType = new Map([...earlier.byType, ...later.byType])
  for (const [type, taking] of later.byType) {
    const other = earlier.byType.get(type)
    if (other !== undefined) byType.set(type, eitherTaking(taking, other))
  }
  return { byType, usual: usualOf(byType) }
}

/** What an answer is held to whose field `Content-Type` says this; null for nothing. */
export function takingFor({ byType, usual }: Answer, contentType: unknown): Taking | null {
  const type = typeof contentType === 'string' ? essenceOf(contentType) : ''
  const declared = byType.get(type)
  if (declared !== undefined) return declared
  // A problem document (RFC 9457) has a form of its own, which a contract need not declare.
  if (type === PROBLEM_TYPE) return null
  return byType.size === 1 || type === '' || isJson(type) ? usual : null
}

function usualOf(byType: Answer['byType']): Taking | null {
  const json = byType.get(JSON_TYPE)
  if (json !== undefined) return json
  return [...byType].find(([type]) => isJson(type))?.[1] ?? null
}

function essenceOf(contentType: string): string {
  return (contentType.split(';', 1)[0] as string).trim().toLowerCase()
}

function isJson(contentType: string): boolean {
  return /[/+]json$/u.test(essenceOf(contentType))
}

function compileTaking(schema: Schema | null, mode: AnswerMode): Taking {
  const compile = (how: AnswerMode): Take => (schema === null ? NOTHING[how] : compileTake(schema, how))
  const take = compile(mode)
  return { take, checked: () => (mode === 'validate' ? take : compile('validate')) }
}

function eitherTaking(later: Taking | null, earlier: Taking | null): Taking | null {
  if (later === null || earlier === null) return null
  const [one, other] = [later.checked(), earlier.checked()]
  const checkEither: Take = (value) => {
    const body = one(value)
    if (!(body instanceof Mismatch)) return body
    const otherBody = other(value)
    return otherBody instanceof Mismatch ? body : otherBody
  }
  const take: Take = (value) => {
    const body = checkEither(value)
    return body instanceof Mismatch ? later.take(value) : body
  }
  return { take, checked: () => checkEither }
}

const NOTHING: Readonly<Record<AnswerMode, (value: unknown) => unknown>> = {
  validate: (value) =>
    value === undefined
      ? undefined
      : new Mismatch([schemaIssue('not_allowed', [], 'no body is declared for this status')]),
  serialize: () => undefined,
}

/**
 * The rule: where a schema gives back what it takes, and its JSON Schema says which keys it strips, an answer is a copy of what is
 * declared, and the schema itself runs in development only, to check. Everywhere else the schema runs in both modes, and what
 * it gives is sent. So both modes send the same bytes.
 */
function compileTake(declared: Schema, mode: AnswerMode): (value: unknown) => unknown {
  const jsonSchema = jsonSchemaOf(declared, 'output')
  const read = jsonSchema === null ? null : readShape(jsonSchema, optionsOf(declared, jsonSchema))
  const schema = read === null ? withoutUnknown(declared) : declared
  const run = compileSchema(schema)
  if (read?.isExact === true && keepsValues(schema)) {
    const pick = compilePick(read.shape)
    return mode === 'serialize' ? pick : checking(run, pick)
  }
  const pick = read === null || stripsUnknown(schema) ? null : compilePick(read.shape)
  return running(run, pick)
}

/** A schema of ArkType that has no JSON Schema is told itself to leave out what it does not declare. */
function withoutUnknown(schema: Schema): Schema {
  const { onDeepUndeclaredKey } = schema as { onDeepUndeclaredKey?: (behavior: 'delete') => Schema }
  return typeof onDeepUndeclaredKey === 'function' ? onDeepUndeclaredKey.call(schema, 'delete') : schema
}

/** Checks what will be sent: the value as JSON sees it, with its Dates for schemas that want them, or without. */
function checking(run: RunSchema, pick: Pick): (value: unknown) => unknown {
  return function checkAndPick(value) {
    const result = firstAccepted(run, jsonForm(value, true), value)
    return result.issues === undefined ? pick(value) : new Mismatch(result.issues)
  }
}

function running(run: RunSchema, pick: Pick | null): (value: unknown) => unknown {
  return function runAndPick(value) {
    const result = firstAccepted(run, value, value)
    if (result.issues !== undefined) return new Mismatch(result.issues)
    return pick === null ? result.value : pick(result.value)
  }
}

/** What a schema makes of a value, or, where it refuses that, of its JSON form. The fewer issues are the true ones. */
function firstAccepted(run: RunSchema, first: unknown, value: unknown): Result {
  const result = atOnce(run(first))
  if (result.issues === undefined) return result
  const form = jsonForm(value, false)
  if (form === first) return result
  const ofForm = atOnce(run(form))
  return ofForm.issues === undefined || ofForm.issues.length < result.issues.length ? ofForm : result
}

/** `res.json()` sends at once, so there is nothing to wait with. */
function atOnce(result: Result | Promise<Result>): Result {
  if (!(result instanceof Promise)) return result
  // It is reported below; what becomes of the promise changes nothing.
  result.catch(() => {})
  const message = 'the schema of an answer must be synchronous, and this one gives a promise'
  return { issues: [schemaIssue('custom', [], message)] }
}
