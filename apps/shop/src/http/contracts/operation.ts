import { type Contract, type Step, validate } from '@nozomi/schema'
import { z } from 'zod'
import { answersOf } from './answers.js'
import type { OperationDescription } from './operation-description.js'
import { securityOf } from './security.js'

/** What handlers know of it. */
export type ContractOf<O extends OperationDescription> = Pick<
  O,
  keyof O & ('params' | 'query' | 'headers' | 'body' | 'files')
> & { readonly response: O['answers'] }

/**
 * The step of a route that holds its requests and answers to a description: the handler behind it is a `HandlerOf<typeof step>`. All that
 * may go wrong with such a route is added to what it answers.
 */
export function operation<const O extends OperationDescription>(
  described: O,
): Step<{ contract: ContractOf<O> }> {
  const { id, tag, method: _method, headers, answers: _answers, errors: _errors, ...rest } = described
  const { security: _security, unversioned: _unversioned, ...contract } = rest
  const security = securityOf(described)
  const isTagged = isConditional(described)
  const fields = isTagged ? (headers ?? z.object({})).extend(IF_NONE_MATCH) : headers
  const step = validate({
    ...contract,
    operationId: id,
    tags: [tag],
    ...(fields !== undefined && { headers: fields }),
    response: answersOf(described, isTagged),
    ...(security !== undefined && { security }),
    ...(typeof described.security === 'object' && {
      extensions: { 'x-permission': described.security.permission },
    }),
  } as Contract)
  return step as unknown as Step<{ contract: ContractOf<O> }>
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
