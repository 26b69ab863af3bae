import { defineAlias, defineMembers, defineOverrides } from '../messages/define-members.js'
import { arrivalOverrides } from './arrival.js'
import { connectionMembers } from './connection.js'
import { continueOverrides } from './continue.js'
import { fieldMembers } from './fields.js'
import { freshnessMembers } from './freshness.js'
import { hostMembers } from './host.js'
import { negotiationMembers } from './negotiation.js'
import { nodeRequest } from './node-request.js'
import { signalMembers } from './signal.js'
import type { RequestState } from './state.js'
import { targetMembers } from './target.js'

/** `express.request`: the prototype behind the requests of every application. Patches to it are seen at once. */
export const request: RequestState = nodeRequest as RequestState

defineMembers(
  request,
  fieldMembers,
  negotiationMembers,
  targetMembers,
  connectionMembers,
  hostMembers,
  freshnessMembers,
)
defineAlias(request, 'header', 'get')
defineOverrides(request, continueOverrides)
defineOverrides(request, arrivalOverrides)
defineOverrides(request, signalMembers)
