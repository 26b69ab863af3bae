import { type Contract, type Step, validate } from '@nozomi/schema'
import { z } from 'zod'
import { answersOf } from './answers.js'
import type { ContractOf, OperationDescription } from './operation-description.js'
import { securityOf } from './security.js'

/**
 * The step of a route that holds its requests and answers to a description: the handler behind it is a `HandlerOf<typeof step>`. All that
 * may go wrong with such a route is added to what it answers.
 */
export function operation<const O extends OperationDescription>(
  described: O,
): Step<{ contract: ContractOf<O> }> {
  return validate<Contract, Step<{ contract: ContractOf<O> }>>(contractOf(described))
}

function contractOf(described: OperationDescription): Contract {
  const { id, tag, method: _method, headers, answers: _answers, errors: _errors, ...rest } = described
  const { security: who, unversioned: _unversioned, ...contract } = rest
  const security = securityOf(described)
  const isTagged = isConditional(described)
  const fields = isTagged ? (headers ?? z.object({})).extend(IF_NONE_MATCH) : headers
  return {
    ...contract,
    operationId: id,
    tags: [tag],
    ...(fields !== undefined && { headers: fields }),
    response: answersOf(described, isTagged),
    ...(security !== undefined && { security }),
    ...(typeof who === 'object' && { extensions: { 'x-permission': who.permission } }),
  }
}

const IF_NONE_MATCH = {
  'if-none-match': z
    .string()
    .optional()
    .meta({ description: 'The ETag of what you have. 304: it is still so.' }),
}

/** Whatever is read whole has an entity tag: its own, or one that the framework makes of its bytes. */
function isConditional({ method, answers }: OperationDescription): boolean {
  return method === 'get' && answers[200] !== undefined && answers[200].streamed !== true
}
