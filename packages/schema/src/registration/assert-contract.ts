/*
 * What can't be meant is refused where it is written, at registration: each message says which member, what is wrong with it, and
 * what would be right.
 */
import { assertMembers, assertValues, type Given, isRecord, refuse } from '../problems/given.js'
import type { Contract } from '../types/contract.js'
import { assertInputs } from './assert-inputs.js'
import { assertNoOption } from './assert-options.js'
import { assertResponses } from './assert-responses.js'
import { DOCUMENTATION } from './documentation.js'

const INPUTS = ['params', 'query', 'headers', 'cookies', 'body', 'files'] as const

/**
 * @param by the function that was given the contract, for messages: `validate()`
 * @throws ContractError `NOZOMI_SCHEMA_CONTRACT`
 */
export function assertContract(by: string, contract: Contract): void {
  assertNoOption(by, contract)
  assertMembers(by, 'contract', contract, [...INPUTS, 'response', ...Object.keys(DOCUMENTATION)])
  const given = contract as Given
  assertInputs(by, given)
  assertResponses(by, given['response'])
  assertValues(by, 'contract', given, DOCUMENTATION)
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
