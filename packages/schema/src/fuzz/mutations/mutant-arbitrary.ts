import * as fc from 'fast-check'
import type { ApiDescription } from '../../drift/api-description.js'
import { pathOf } from '../../drift/check-exchange.js'
import type { DescribedOperation } from '../../drift/document.js'
import { ifInTime } from '../../drift/slow-patterns.js'
import { boundedFilter } from '../arbitraries/unsatisfiable.js'
import { isDescribed } from '../requests/described-input.js'
import type { FuzzInput, WireRequest } from '../requests/fuzz-input.js'
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
 *
 * @param isOwn whether the target runs in this process
 */
export function mutantArbitrary(
  api: ApiDescription,
  operation: DescribedOperation,
  inputs: fc.Arbitrary<FuzzInput>,
  mutation: Mutation,
  isOwn = false,
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
    return isWanted(api, operation, mutation, mutant, request, isOwn)
  })
  return wanted as fc.Arbitrary<Mutant>
}

function isWanted(
  api: ApiDescription,
  operation: DescribedOperation,
  { leavesDocument, mustBeRefused }: Mutation,
  { input }: Mutant,
  request: WireRequest,
  isOwn: boolean,
): boolean {
  const isRaw = input.body !== null && 'bytes' in input.body
  if (!leavesDocument && (!isOwn || isRaw)) return true
  const described = ifInTime(() => isDescribed(api, operation, input, request))
  // A target in this process that has the pattern as well would hang, and the run with it. Another is asked: that it hangs is a finding.
  if (described === undefined) return !isOwn && !mustBeRefused
  return !leavesDocument || !described
}
