/*
 * What can't be meant is refused where it is written, at registration: each message says which member, what is wrong with it, and
 * what would be right.
 */
import { isOneSchema } from './input/body.js'
import { compileShapes, namedKeys, OBJECT } from './input/shapes.js'
import {
  assertMembers,
  assertValues,
  expectBoolean,
  expectCount,
  expectString,
  type Given,
  isRecord,
  isTextList,
  refuse,
  type Rules,
  show,
  standardIn,
} from './problems/given.js'
import { jsonSchemaOf } from './schemas/json-schema-of.js'
import type { Contract } from './types/contract.js'
import type { Place } from './types/issue.js'
import type { CheckOptions, ValidateOptions } from './types/options.js'
import type { Schema } from './types/schema.js'

const INPUTS = ['params', 'query', 'headers', 'cookies', 'body', 'files'] as const
const DOCUMENTATION = [
  'summary',
  'description',
  'operationId',
  'tags',
  'deprecated',
  'security',
  'externalDocs',
  'examples',
  'extensions',
  'hidden',
] as const

/**
 * @param by the function that was given the contract, for messages: `validate()`
 * @throws ContractError `NOZOMI_SCHEMA_CONTRACT`
 */
export function assertContract(by: string, contract: Contract): void {
  assertNoOption(by, contract)
  assertMembers(by, 'contract', contract, [...INPUTS, 'response', ...DOCUMENTATION])
  const given = contract as Given
  for (const part of ['params', 'query', 'headers', 'cookies'] as const) {
    if (given[part] !== undefined) assertFields(by, `contract.${part}`, given[part])
  }
  if (contract.headers !== undefined) assertLowerCase(by, contract.headers)
  if (given['body'] === null) assertNoBody(by, given)
  else if (given['body'] !== undefined) assertBody(by, given['body'])
  if (given['files'] !== undefined) assertFiles(by, given['files'])
  assertResponses(by, given['response'])
  assertDocumentation(by, given)
}

/**
 * The contract of a middleware: answers and documentation. What is read of requests is for `validate()`.
 *
 * @throws ContractError `NOZOMI_SCHEMA_CONTRACT`
 */
export function assertFragment(by: string, contract: Contract): void {
  for (const part of INPUTS) {
    if (isRecord(contract) && part in contract) {
      refuse(
        by,
        `contract.${part}`,
        'a middleware has no schemas for requests',
        `put validate({ ${part}: … }) before it`,
      )
    }
  }
  assertContract(by, contract)
}

const OPTIONS: Readonly<Record<keyof ValidateOptions, readonly unknown[]>> = {
  unknown: ['strip', 'refuse', 'keep', 'schema'],
  coerce: [true, false],
  status: [400, 422],
  responses: ['validate', 'serialize', 'off'],
}

/** What is an option, and stands in the contract. */
function assertNoOption(by: string, contract: unknown): void {
  const option = isRecord(contract)
    ? Object.keys(OPTIONS).find((name) => Object.hasOwn(contract, name))
    : undefined
  if (option === undefined || by !== 'validate()') return
  refuse(
    by,
    `contract.${option}`,
    'this is an option',
    `give it behind the contract: validate(contract, { ${option}: … })`,
  )
}

/** @throws ContractError `NOZOMI_SCHEMA_CONTRACT` */
export function assertOptions(by: string, options: ValidateOptions, contract: Contract): void {
  assertMembers(by, 'options', options, Object.keys(OPTIONS))
  for (const [name, values] of Object.entries(OPTIONS)) {
    const given = (options as Given)[name]
    if (given !== undefined && !values.includes(given)) {
      refuse(
        by,
        `options.${name}`,
        `is ${show(given)}`,
        `it may be ${values.map((one) => show(one)).join(', ')}`,
      )
    }
  }
  if (options.unknown !== undefined && options.unknown !== 'schema')
    assertDescribed(by, options.unknown, contract)
}

const PLACES: readonly Place[] = ['params', 'query', 'headers', 'cookies', 'body', 'files', 'response']

/**
 * What `check()` is given.
 *
 * @throws ContractError `NOZOMI_SCHEMA_CONTRACT`
 */
export function assertCheck(by: string, schema: Schema, options: CheckOptions): void {
  assertSchema(by, 'schema', schema)
  assertMembers(by, 'options', options, ['in', 'unknown', 'coerce', 'status'])
  const { in: place, ...others } = options
  if (place !== undefined && !PLACES.includes(place)) {
    refuse(by, 'options.in', `is ${show(place)}`, `it may be ${PLACES.map((one) => show(one)).join(', ')}`)
  }
  assertOptions(by, others, { body: schema })
}

/** What is to be done with unknown keys can only be done where the known ones are known. */
function assertDescribed(by: string, unknown: string, { query, body }: Contract): void {
  const bodies: readonly (readonly [string, Schema])[] =
    body === undefined || body === null
      ? []
      : isOneSchema(body)
        ? [['contract.body', body]]
        : Object.entries(body).map(([type, schema]) => [`contract.body[${show(type)}]`, schema] as const)
  const all = query === undefined ? bodies : [['contract.query', query] as const, ...bodies]
  for (const [member, schema] of all) {
    if (jsonSchemaOf(schema, 'input') !== null) continue
    const vendor = String(standardIn(schema)?.vendor)
    refuse(
      by,
      member,
      `with \`unknown: ${show(unknown)}\` its keys have to be known, and this schema (${vendor}) can't be said as JSON Schema`,
      vendor === 'valibot'
        ? 'install @valibot/to-json-schema'
        : 'leave the option out and say it in the schema, as its library does',
    )
  }
}

function assertSchema(by: string, member: string, given: unknown): asserts given is Schema {
  const standard = standardIn(given)
  if (typeof standard?.['validate'] === 'function' && standard['version'] === 1) return
  refuse(by, member, `there is no schema: ${show(given)}`, hintFor(given))
}

/** What somebody may have meant who gave something else than a schema. */
function hintFor(given: unknown): string {
  if (isRecord(given)) {
    if (typeof given['validate'] === 'function') return 'wrap a schema of Joi 17: joi(schema)'
    if ('_def' in given) return 'this is Zod before 3.24, which does not speak Standard Schema: update it'
    if ('type' in given || 'properties' in given || '$ref' in given || 'anyOf' in given) {
      return 'wrap a JSON Schema: jsonSchema(schema)'
    }
    const members = Object.values(given)
    if (members.length > 0 && members.every((one) => standardIn(one) !== undefined)) {
      return 'make one schema of these, such as z.object({ … })'
    }
  }
  return 'give a schema of a library that speaks Standard Schema, such as z.object({ … }); or joi(schema), jsonSchema(schema)'
}

/** The schema of what has a name for each of its values. */
function assertFields(by: string, member: string, given: unknown): void {
  assertSchema(by, member, given)
  const alternatives = compileShapes(jsonSchemaOf(given, 'input'))
  if (alternatives.length === 0 || alternatives.some(({ types }) => (types & OBJECT) !== 0)) return
  refuse(
    by,
    member,
    'the schema takes no object, and the values come as one, by name',
    'name them: z.object({ id: … })',
  )
}

function assertLowerCase(by: string, headers: Schema): void {
  const names = namedKeys(compileShapes(jsonSchemaOf(headers, 'input'))) ?? []
  const wrong = names.find((name) => name !== name.toLowerCase())
  if (wrong === undefined) return
  const right = show(wrong.toLowerCase())
  refuse(
    by,
    'contract.headers',
    `the schema names ${show(wrong)}, and node gives all names in lower case`,
    `name it ${right}`,
  )
}

function assertBody(by: string, body: unknown): void {
  const types = isRecord(body) && standardIn(body) === undefined ? Object.keys(body) : []
  if (types.length === 0 || !types.every((type) => type.includes('/'))) {
    assertSchema(by, 'contract.body', body)
    return
  }
  for (const type of types) {
    const member = `contract.body[${show(type)}]`
    if (!MEDIA_RANGE.test(type))
      refuse(by, member, 'this is no media type', "write it like 'application/json', without parameters")
    assertSchema(by, member, (body as Given)[type])
  }
}

/** What would be in a body, or is said of one, where none is wanted. */
function assertNoBody(by: string, contract: Given): void {
  for (const part of ['files', 'examples'] as const) {
    if (contract[part] !== undefined)
      refuse(by, 'contract.body', `is null, and contract.${part} is about a body`, 'leave one of them out')
  }
}

const MEDIA_RANGE = /^[\w!#$&^.+*-]+\/[\w!#$&^.+*-]+$/

const FILE_RULE: Rules = {
  required: expectBoolean,
  maxCount: expectCount,
  maxBytes: expectCount,
  types: (value) =>
    Array.isArray(value) && value.every((one) => typeof one === 'string' && MEDIA_RANGE.test(one))
      ? null
      : "it is a list of media types: ['image/png', 'image/*']",
  description: expectString,
}

function assertFiles(by: string, files: unknown): void {
  if (!isRecord(files))
    refuse(by, 'contract.files', `is ${show(files)}`, "name each field: { avatar: { types: ['image/*'] } }")
  for (const [field, rule] of Object.entries(files)) {
    assertMembers(by, `contract.files.${field}`, rule, Object.keys(FILE_RULE))
    assertValues(by, `contract.files.${field}`, rule as Given, FILE_RULE)
  }
}

const RESPONSE = ['schema', 'description', 'contentType', 'content', 'headers', 'examples', 'name']

function assertResponses(by: string, responses: unknown): void {
  if (responses === undefined) return
  if (!isRecord(responses) || standardIn(responses) !== undefined) {
    refuse(by, 'contract.response', 'it has no statuses', 'name each status: { 200: schema, 404: Problem }')
  }
  for (const [status, response] of Object.entries(responses)) {
    const member = `contract.response[${show(status)}]`
    if (!isStatus(status)) {
      refuse(
        by,
        member,
        'this is no status',
        "keys are statuses from 100 to 599, ranges like '4XX', and 'default'",
      )
    }
    if (response === null || response === undefined || standardIn(response) !== undefined) continue
    if (!isRecord(response) || !Object.keys(response).some((name) => RESPONSE.includes(name))) {
      assertSchema(by, member, response)
    }
    assertMembers(by, member, response, RESPONSE)
    const { schema } = response as Given
    if (schema !== undefined && schema !== null) assertSchema(by, `${member}.schema`, schema)
    assertContent(by, member, response as Given)
    assertValues(by, member, response as Given, ANSWER_WORDS)
  }
}

const ANSWER_WORDS: Rules = {
  description: expectString,
  contentType: expectString,
  name: (value) =>
    typeof value === 'string' && /^[\w.-]+$/.test(value)
      ? null
      : "it is the name of a component, of letters, digits, dots and dashes: 'NotFound'",
}

function assertContent(by: string, member: string, response: Given): void {
  const { content } = response
  if (content === undefined) return
  const beside = ['schema', 'contentType'].find((name) => response[name] !== undefined)
  if (beside !== undefined) {
    refuse(by, `${member}.${beside}`, '`content` says it for each media type', 'leave one of the two out')
  }
  const types = isRecord(content) && standardIn(content) === undefined ? Object.entries(content) : []
  if (types.length === 0) {
    refuse(
      by,
      `${member}.content`,
      `is ${show(content)}`,
      "name media types: { 'application/json': schema, 'text/csv': null }",
    )
  }
  for (const [type, schema] of types) {
    const one = `${member}.content[${show(type)}]`
    if (!MEDIA_RANGE.test(type) || type.includes('*'))
      refuse(by, one, 'this is no media type', "write it like 'application/json', without parameters")
    if (schema !== null) assertSchema(by, one, schema)
  }
}

function isStatus(key: string): boolean {
  return key === 'default' || /^[1-5](?:XX|\d\d)$/.test(key)
}

const WORDS: Rules = {
  summary: expectString,
  description: expectString,
  operationId: expectString,
  deprecated: expectBoolean,
  hidden: expectBoolean,
  tags: (value) => (isTextList(value) ? null : "it is a list of texts: ['users']"),
  security: (value) =>
    Array.isArray(value) && value.every(isRequirement)
      ? null
      : "it is a list of names of security schemes: ['session'], or of such with scopes: [{ oauth: ['orders:write'] }]",
  externalDocs: (value) =>
    isRecord(value) && typeof value['url'] === 'string' ? null : "it has a URL: { url: 'https://…' }",
  extensions: (value) =>
    isRecord(value) && Object.keys(value).every((name) => name.startsWith('x-'))
      ? null
      : "its members have names that begin with x-: { 'x-permission': 'orders:write' }",
  examples: (value) =>
    typeof value === 'object' && value !== null ? null : 'it is a list, or a record by name',
}

function assertDocumentation(by: string, contract: Given): void {
  assertValues(by, 'contract', contract, WORDS)
}

function isRequirement(value: unknown): boolean {
  return typeof value === 'string' || (isRecord(value) && Object.values(value).every(isTextList))
}
