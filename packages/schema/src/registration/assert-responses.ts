import {
  assertMembers,
  assertValues,
  expectString,
  type Given,
  isRecord,
  refuse,
  type Rules,
  show,
  standardIn,
} from '../problems/given.js'
import { assertSchema } from './assert-schema.js'
import { MEDIA_RANGE } from './media-range.js'

const RESPONSE = ['schema', 'description', 'contentType', 'content', 'headers', 'examples', 'name']

/** What a contract says of its answers. @throws ContractError */
export function assertResponses(by: string, responses: unknown): void {
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
    if (response === null || response === undefined) continue
    if (standardIn(response) !== undefined) {
      assertSchema(by, member, response, 'output')
      continue
    }
    if (!isRecord(response) || !Object.keys(response).some((name) => RESPONSE.includes(name))) {
      assertSchema(by, member, response, 'output')
    }
    assertMembers(by, member, response, RESPONSE)
    const { schema } = response as Given
    if (schema !== undefined && schema !== null) assertSchema(by, `${member}.schema`, schema, 'output')
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
    if (schema !== null) assertSchema(by, one, schema, 'output')
  }
}

function isStatus(key: string): boolean {
  return key === 'default' || /^[1-5](?:XX|\d\d)$/.test(key)
}
