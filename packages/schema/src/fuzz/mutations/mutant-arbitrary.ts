import * as fc from 'fast-check'
import type { ApiDescription } from '../../drift/api-description.js'
import { pathOf } from '../../drift/check-exchange.js'
import type { DescribedOperation } from '../../drift/document.js'
import { boundedFilter } from '../arbitraries/unsatisfiable.js'
import { isDescribed } from '../requests/described-input.js'
import type { FuzzInput } from '../requests/fuzz-input.js'
import { writeRequest } from '../requests/wire-request.js'
import { BROKEN_MESSAGES } from './broken-messages.js'
import { BROKEN_VALUES } from './broken-values.js'
import { HOSTILE_VALUES } from './hostile-values.js'
import type { Mutant, Mutation } from './mutation.js'

/** Every mutation, in the order in which they are tried. */
export const MUTATIONS: readonly Mutation[] = [...BROKEN_VALUES, ...BROKEN_MESSAGES, ...HOSTILE_VALUES]

const MOST_CHOICES = 2 ** 16

/**
 * Inputs of an operation after one mutation of a kind. Those that must leave the document do: they are read again as they are sent,
 * and held against it.
 */
export function mutantArbitrary(
  api: ApiDescription,
  operation: DescribedOperation,
  inputs: fc.Arbitrary<FuzzInput>,
  mutation: Mutation,
): fc.Arbitrary<Mutant> {
  const mutants = fc.tuple(inputs, fc.nat({ max: MOST_CHOICES })).map(([input, choice]): Mutant | null => {
    const makers = mutation.mutants({ api, operation, input })
    return makers.length === 0 ? null : (makers[choice % makers.length]?.() ?? null)
  })
  const wanted = boundedFilter(mutants, (mutant) => {
    if (mutant === null) return false
    const request = writeRequest(api, operation, mutant.input)
    // A path that lost a segment is that of another operation, or of none.
    if (api.operationAt(operation.method, pathOf(request.target)) !== operation) return false
    return !mutation.leavesDocument || !isDescribed(api, operation, mutant.input, request)
  })
  return wanted as fc.Arbitrary<Mutant>
}
