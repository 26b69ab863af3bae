import type { ProblemKind } from '../problems/problem.js'
import { PROBLEMS } from '../problems/problem-catalogue.js'
import type { OperationDescription } from './operation-description.js'

/**
 * All that may go wrong with an operation: what its description names, and what follows of what it is and of all that
 * stands before its route (shop-application.ts, api.ts, guard-application.ts).
 */
export function problemsOf(operation: OperationDescription): readonly ProblemKind[] {
  return [
    ...badRequestsOf(operation),
    ...refusalsOf(operation),
    ...(operation.errors ?? []),
    PROBLEMS['too-many-requests'],
    PROBLEMS['internal-error'],
    PROBLEMS['storage-unavailable'],
  ]
}

function badRequestsOf(operation: OperationDescription): ProblemKind[] {
  const { params, query, headers, body, answers, unversioned } = operation
  const kinds: ProblemKind[] = []
  const hasInput = [params, query, headers].some((part) => part !== undefined)
  // One with a 400 of its own says in its own words what is wrong.
  const readsInput = body !== undefined || (hasInput && !(400 in answers))
  if (unversioned !== true || readsInput) kinds.push(PROBLEMS['invalid-input'])
  if (bodyTypesOf(operation).some((type) => type.endsWith('json'))) kinds.push(PROBLEMS['malformed-json'])
  if (params !== undefined || bodyTypesOf(operation).length > 0) kinds.push(PROBLEMS['malformed-request'])
  return kinds
}

function refusalsOf(operation: OperationDescription): ProblemKind[] {
  const { method, security, answers, unversioned } = operation
  const kinds: ProblemKind[] = []
  if (security !== undefined && security !== 'session-if-any' && security !== 'refresh-if-any')
    kinds.push(PROBLEMS.unauthenticated)
  if (typeof security === 'object') kinds.push(PROBLEMS.forbidden)
  if (method !== 'get') kinds.push(PROBLEMS['forged-request'])
  if (bodyTypesOf(operation).length > 0)
    kinds.push(PROBLEMS['body-too-large'], PROBLEMS['unsupported-media-type'])
  // Where there are versions, `Accept` may name one that there is not.
  const isShown = Object.values(answers).some(({ shown }) => shown !== undefined)
  if (unversioned !== true || isShown) kinds.push(PROBLEMS['not-acceptable'])
  return kinds
}

/** The media types of the bodies that are read; none where there is no body to read. */
function bodyTypesOf({ body, files }: OperationDescription): readonly string[] {
  if (files !== undefined) return ['multipart/form-data']
  if (body === undefined || body === null) return []
  return '~standard' in body ? ['application/json'] : Object.keys(body)
}
