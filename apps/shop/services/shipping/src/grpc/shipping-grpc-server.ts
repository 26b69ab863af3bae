import { Server, type ServiceDefinition, type UntypedServiceImplementation } from '@grpc/grpc-js'
import { protocol } from '../../contract/protocol.js'
import type {
  CreateShipmentRequestMessage,
  QuoteReplyMessage,
  QuoteRequestMessage,
  ShipmentMessage,
  TrackRequestMessage,
} from '../../contract/messages.js'
import type { Observation } from '../observation/observation.js'
import type { Call } from '../use-cases/call.js'
import type { Shipping } from '../use-cases/shipping.js'
import { streamMethod, unaryMethod } from './grpc-call.js'
import { inputOf, quoteReply, shipmentMessage } from './reply-messages.js'

/** Of one connection, at the same time. */
const MAX_CALLS = 1000
const MAX_IDLE_MS = 300_000

export interface GrpcParts {
  readonly shipping: Shipping
  readonly observation: Observation
  /** Aborted when the service stops: it ends the streams, which would stay open for days. */
  readonly stopping: AbortSignal
  readonly messageLimitBytes: number
  readonly callLimitMs: number
}

/** The gRPC API; it does not listen yet. */
export function createShippingGrpcServer(parts: GrpcParts): Server {
  const { shipping, observation, stopping, messageLimitBytes, callLimitMs } = parts
  const server = new Server({
    'grpc.max_receive_message_length': messageLimitBytes,
    'grpc.max_concurrent_streams': MAX_CALLS,
    'grpc.max_connection_idle_ms': MAX_IDLE_MS,
  })
  server.addService(protocol as unknown as ServiceDefinition, {
    Quote: unaryMethod<QuoteRequestMessage, QuoteReplyMessage>(
      'quote',
      observation,
      callLimitMs,
      async (request, call) => quoteReply(await shipping.quote(inputOf(request), call)),
    ),
    CreateShipment: unaryMethod<CreateShipmentRequestMessage, ShipmentMessage>(
      'createShipment',
      observation,
      callLimitMs,
      async (request, call) =>
        shipmentMessage((await shipping.createShipment(inputOf(request), call)).shipment),
    ),
    Track: streamMethod<TrackRequestMessage, ShipmentMessage>(
      'track',
      observation,
      stopping,
      (request, call) => messagesOf(shipping, request, call),
    ),
  } satisfies UntypedServiceImplementation)
  return server
}

async function* messagesOf(
  shipping: Shipping,
  request: TrackRequestMessage,
  call: Call,
): AsyncGenerator<ShipmentMessage> {
  for await (const shipment of shipping.follow(request, call)) yield shipmentMessage(shipment)
}
