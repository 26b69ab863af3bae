import type { FieldError } from './vocabulary.js'
import { badRequestType, type MessageType, refusalType, statusType } from './protocol.js'

/** The trailer of a gRPC answer that says more than its status. */
export const DETAILS_TRAILER = 'grpc-status-details-bin'

const TYPE_PREFIX = 'type.googleapis.com/'
const REFUSAL_URL = `${TYPE_PREFIX}shop.shipping.v1.Refusal`
const BAD_REQUEST_URL = `${TYPE_PREFIX}google.rpc.BadRequest`

export interface StatusDetails {
  /** One of the refusal codes, or why the service could not answer. */
  readonly code: string
  readonly fields: readonly FieldError[]
}

/** The trailer's bytes. The fields stand in it twice: as our clients read them, and as generic tools do. */
export function formatStatusDetails(
  status: number,
  message: string,
  { code, fields }: StatusDetails,
): Buffer {
  const details = [{ type_url: REFUSAL_URL, value: refusalType.serialize({ code, fields: [...fields] }) }]
  if (fields.length > 0) {
    const fieldViolations = fields.map(({ field, problem, expected }) => ({
      field,
      description: `${problem}; expected ${expected}`,
    }))
    details.push({ type_url: BAD_REQUEST_URL, value: badRequestType.serialize({ fieldViolations }) })
  }
  return statusType.serialize({ code: status, message, details })
}

/** Null when the bytes are none of ours. */
export function parseStatusDetails(bytes: Buffer): StatusDetails | null {
  const status = deserialize(statusType, bytes)
  const detail = status?.details?.find(({ type_url: url }) => url === REFUSAL_URL)
  const refusal = detail && deserialize(refusalType, detail.value ?? Buffer.alloc(0))
  if (!refusal) return null
  const fields = (refusal.fields ?? []).map(({ field = '', problem = '', expected = '' }) => ({
    field,
    problem,
    expected,
  }))
  return { code: refusal.code ?? '', fields }
}

function deserialize<Message>(type: MessageType<Message>, bytes: Buffer): Message | null {
  try {
    return type.deserialize(bytes)
  } catch {
    return null
  }
}
