import { type Contract, type Step, validate } from '@nozomi/schema'
import { ownAnswersOf } from './answers.js'
import type { ContractOf, RouteDescription } from './operation-description.js'

/**
 * As `operation`, for a route outside of `/api`: of browsers that follow a link, and of machines that look after the shop. No client is made
 * of it and no version is asked for, so it says what it takes and what it answers, and has no place in the OpenAPI document.
 */
export function siteRoute<const D extends RouteDescription>(described: D): Step<{ contract: ContractOf<D> }> {
  return validate<Contract, Step<{ contract: ContractOf<D> }>>(contractOf(described))
}

function contractOf({ answers, ...contract }: RouteDescription): Contract {
  return { ...contract, response: ownAnswersOf(answers), hidden: true }
}
