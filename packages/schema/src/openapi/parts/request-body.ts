import type { Operation } from '../../operations/operation.js'
import type { Contract, FileRule, FileRules } from '../../types/contract.js'
import type { JsonSchema } from '../../types/json-schema.js'
import type { Schema } from '../../types/schema.js'
import type { MediaTypeObject, RequestBodyObject } from '../types/document.js'
import { runSchema } from '../../schemas/run-schema.js'
import { standardOf } from '../../schemas/standard.js'
import type { Components, Within } from './components.js'
import { examplesOf } from './examples.js'
import { membersOf } from './object-members.js'

const FORM = 'multipart/form-data'
const URLENCODED = 'application/x-www-form-urlencoded'

/** The names of the parsers that say which type a body has where the contract does not. */
const JSON_PARSER = 'jsonParser'
const FORM_PARSER = 'urlencodedParser'

/** The body of an operation; null for none, and for methods whose bodies mean nothing. */
export function requestBodyOf(
  operation: Operation,
  components: Components,
  hint: string,
): RequestBodyObject | null {
  const { body, files, examples } = operation.contract
  if (operation.method === 'GET' || operation.method === 'HEAD') return null
  if ((body === undefined || body === null) && files === undefined) return null
  const byType = bodiesByType(operation)
  const shown = examplesOf(examples)
  const content = byType.map(([type, schemas]): [string, MediaTypeObject] => {
    const name = byType.length === 1 ? `${hint}Body` : `${hint}${type.split(/[/+]/).at(-1) ?? ''}Body`
    const media: MediaTypeObject =
      type === FORM && files !== undefined
        ? formOf(schemas, files, components, name)
        : { schema: allOf(schemas, components, name) }
    return [type, shown === undefined ? media : { ...media, examples: shown }]
  })
  const isAbsenceTaken = absenceOf(operation)
  const isRequired = byType.every(([, schemas]) => !schemas.every(isAbsenceTaken)) || needsFile(files)
  return { ...(isRequired ? { required: true } : {}), content: Object.fromEntries(content) }
}

/**
 * The schemas by media type: several where a body has to pass several contracts. Where only schemas are given, the parsers before the
 * route say which type it is of.
 */
function bodiesByType({ contract, steps, middleware, handlers }: Operation): [string, Schema[]][] {
  const { body, files } = contract
  const list: [string, Schema[]][] = []
  if (isOne(body)) {
    const names = new Set([...middleware, ...handlers.map(({ name }) => name)])
    const isForm = names.has(FORM_PARSER) && !names.has(JSON_PARSER)
    const schemas = steps.map((step) => step.contract.body).filter(isOne)
    list.push([files !== undefined ? FORM : isForm ? URLENCODED : 'application/json', [...new Set(schemas)]])
  } else if (body !== undefined && body !== null) {
    list.push(...Object.entries(body).map(([type, schema]): [string, Schema[]] => [type, [schema]]))
  }
  if (files !== undefined && !list.some(([type]) => type === FORM)) list.push([FORM, []])
  return list
}

function allOf(schemas: readonly Schema[], components: Components, hint: string): JsonSchema {
  const [first = {}, ...others] = schemas.map((schema) => components.schema(schema, 'input', hint))
  return others.length === 0 ? first : { allOf: [first, ...others] }
}

function isOne(body: Contract['body']): body is Schema {
  return body !== undefined && body !== null && '~standard' in body
}

/** A form with files: its fields are members beside those of the body. */
function formOf(
  schemas: readonly Schema[],
  files: FileRules,
  components: Components,
  hint: string,
): MediaTypeObject {
  const fields = Object.entries(files)
  const properties = Object.fromEntries(fields.map(([field, rule]) => [field, fileSchema(rule)]))
  const required = fields.flatMap(([field, rule]) => (rule.required === false ? [] : [field]))
  const form = schemas.reduce<JsonSchema>(
    (known, schema) => withMembers(known, schema, components, hint),
    objectOf(properties, required),
  )
  const types = fields.flatMap(([field, rule]) =>
    rule.types === undefined ? [] : [[field, { contentType: rule.types.join(', ') }] as const],
  )
  return { schema: form, ...(types.length === 0 ? {} : { encoding: Object.fromEntries(types) }) }
}

/** One object, written out: so readers show one form. */
function withMembers(form: JsonSchema, schema: Schema, components: Components, hint: string): JsonSchema {
  const root = components.json(schema, 'input')
  const members = root === null ? null : membersOf(root, root)
  if (root === null || members === null) return { allOf: [components.schema(schema, 'input', hint), form] }
  const within: Within = { root, side: 'input', hint }
  const list = [...members]
  const properties = list.map(([name, member]) => [name, components.place(member.schema, within)] as const)
  const required = list.flatMap(([name, { isRequired }]) => (isRequired ? [name] : []))
  return objectOf({ ...Object.fromEntries(properties), ...form.properties }, [
    ...required,
    ...(form.required ?? []),
  ])
}

function objectOf(properties: Record<string, JsonSchema>, required: readonly string[]): JsonSchema {
  return { type: 'object', properties, ...(required.length === 0 ? {} : { required: [...required] }) }
}

function fileSchema({ maxCount, maxBytes, description }: FileRule): JsonSchema {
  const file: JsonSchema = {
    type: 'string',
    format: 'binary',
    ...(maxBytes === undefined ? {} : { maxLength: maxBytes }),
  }
  const said = description === undefined ? {} : { description }
  if (maxCount === undefined || maxCount === 1) return { ...file, ...said }
  return { type: 'array', items: file, maxItems: maxCount, ...said }
}

function needsFile(files: FileRules | undefined): boolean {
  return files !== undefined && Object.values(files).some(({ required }) => required !== false)
}

/**
 * Whether a schema takes it that there is no body: as `validate()` runs it, or, where it was found in other middleware, as it is by itself. One
 * that has to be waited for is taken not to.
 */
function absenceOf({ steps }: Operation): (schema: Schema) => boolean {
  const found = new Set(steps.filter(({ source }) => source !== 'contract').map((step) => step.contract.body))
  return (schema) => {
    try {
      const result = found.has(schema) ? standardOf(schema).validate(undefined) : runSchema(schema, undefined)
      if (result instanceof Promise) {
        result.catch(() => undefined)
        return false
      }
      return result.issues === undefined
    } catch {
      return false
    }
  }
}
