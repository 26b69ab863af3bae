import { compileShapes, namedKeys, OBJECT } from '../input/shapes.js'
import {
  assertMembers,
  assertValues,
  expectBoolean,
  expectCount,
  expectString,
  type Given,
  isRecord,
  refuse,
  type Rules,
  show,
  standardIn,
} from '../problems/given.js'
import { jsonSchemaOf } from '../schemas/json-schema-of.js'
import type { Schema } from '../types/schema.js'
import { assertSchema } from './assert-schema.js'
import { MEDIA_RANGE } from './media-range.js'

/** What a contract says of requests. @throws ContractError */
export function assertInputs(by: string, contract: Given): void {
  for (const part of ['params', 'query', 'headers', 'cookies'] as const) {
    if (contract[part] !== undefined) assertFields(by, `contract.${part}`, contract[part])
  }
  const { headers, body, files } = contract
  if (headers !== undefined) assertLowerCase(by, headers as Schema)
  if (body === null) assertNoBody(by, contract)
  else if (body !== undefined) assertBody(by, body)
  if (files !== undefined) assertFiles(by, files)
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
