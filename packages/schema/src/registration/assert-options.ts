import { isOneSchema } from '../input/body.js'
import { assertMembers, type Given, isRecord, refuse, show, standardIn } from '../problems/given.js'
import { jsonSchemaOf } from '../schemas/json-schema-of.js'
import type { Contract } from '../types/contract.js'
import type { Place } from '../types/issue.js'
import type { CheckOptions, ValidateOptions } from '../types/options.js'
import type { Schema } from '../types/schema.js'
import { assertSchema } from './assert-schema.js'

const OPTIONS: Readonly<Record<keyof ValidateOptions, readonly unknown[]>> = {
  unknown: ['strip', 'refuse', 'keep', 'schema'],
  coerce: [true, false],
  status: [400, 422],
  responses: ['validate', 'serialize', 'off'],
}

/** What is an option of `validate()`, and stands in its contract. @throws ContractError `NOZOMI_SCHEMA_CONTRACT` */
export function assertNoOption(by: string, contract: unknown): void {
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
