import {
  type CallOptions as GrpcCallOptions,
  type ChannelCredentials,
  Client,
  type ClientReadableStream,
  credentials as grpcCredentials,
  Metadata,
  type MethodDefinition,
} from '@grpc/grpc-js'
import type { ShipmentMessage } from '../../contract/messages.js'
import { protocol } from '../../contract/protocol.js'
import { REQUEST_ID_FIELD } from '../../contract/vocabulary.js'
import { readQuote, readShipment } from '../answers.js'
import { ShippingUnavailable } from '../errors.js'
import { newEvents } from '../new-events.js'
import { sendableQuote, sendableShipment, sendableTracking } from '../sendable.js'
import type {
  CallOptions,
  Quote,
  QuoteRequest,
  Shipment,
  ShipmentEvent,
  ShipmentRequest,
  ShippingClient,
} from '../shipping-client.js'
import { closedError, createClosing, withinLimits } from '../time-limit.js'
import { quoteAnswer, quoteMessage, shipmentAnswer, shipmentRequestMessage } from './answer-messages.js'
import { errorOf } from './grpc-error.js'

/** Security: no answer of the service comes near; something else may be without end. */
const MAX_ANSWER_BYTES = 262_144
/** A service that is back is found again within this time. */
const MAX_RECONNECT_MS = 1000

const CHANNEL_OPTIONS = {
  'grpc.max_receive_message_length': MAX_ANSWER_BYTES,
  'grpc.initial_reconnect_backoff_ms': 100,
  'grpc.max_reconnect_backoff_ms': MAX_RECONNECT_MS,
  // A connection whose other end is gone without a word is noticed.
  'grpc.keepalive_time_ms': 20_000,
  'grpc.keepalive_timeout_ms': 5000,
  // Whether a call is repeated is decided in one place, for both transports.
  'grpc.enable_retries': 0,
  // As `fetch` does not use proxies, so that both go the same way.
  'grpc.enable_http_proxy': 0,
  // Its own connection, which `close` closes.
  'grpc.use_local_subchannel_pool': 1,
}

export interface GrpcShippingClientOptions {
  /** `127.0.0.1:4101` */
  readonly address: string
  /** Default: without TLS. */
  readonly credentials?: ChannelCredentials
}

/** The client over gRPC, on one connection. It has no time limit, retry or breaker of its own. */
export class GrpcShippingClient implements ShippingClient {
  readonly #client: Client
  readonly #closed = createClosing()

  constructor({ address, credentials = grpcCredentials.createInsecure() }: GrpcShippingClientOptions) {
    this.#client = new Client(address, credentials, CHANNEL_OPTIONS)
  }

  async quote(request: QuoteRequest, options: CallOptions = {}): Promise<Quote> {
    const reply = await this.#askOnce(protocol.Quote, quoteMessage(sendableQuote(request)), options)
    return readQuote(quoteAnswer(reply))
  }

  async createShipment(request: ShipmentRequest, options: CallOptions = {}): Promise<Shipment> {
    const message = shipmentRequestMessage(sendableShipment(request))
    return readShipment(shipmentAnswer(await this.#askOnce(protocol.CreateShipment, message, options)))
  }

  async track(tracking: string, options: CallOptions = {}): Promise<Shipment> {
    for await (const shipment of this.#snapshots(tracking, options, deadlineOf(options))) return shipment
    throw new ShippingUnavailable('bad-answer', 'the shipping service ended the call without an answer')
  }

  follow(tracking: string, options: CallOptions = {}): AsyncIterable<ShipmentEvent> {
    return newEvents(this.#snapshots(tracking, options))
  }

  close(): void {
    this.#closed.abort(closedError())
    this.#client.close()
  }

  #askOnce<Request, Reply>(
    method: MethodDefinition<Request, Reply>,
    message: Request,
    options: CallOptions,
  ): Promise<Reply> {
    const { path, requestSerialize, responseDeserialize } = method
    return this.#withinLimits(
      options,
      (signal) =>
        new Promise<Reply>((resolve, reject) => {
          const call = this.#client.makeUnaryRequest(
            path,
            requestSerialize,
            responseDeserialize,
            message,
            metadataOf(options),
            deadlineOf(options),
            (error, reply) => {
              signal.removeEventListener('abort', cancel)
              if (error) reject(errorOf(error) as Error)
              else resolve(reply as Reply)
            },
          )
          const cancel = (): void => call.cancel()
          signal.addEventListener('abort', cancel, { once: true })
        }),
    )
  }

  /** The shipment as it is, and after each change. The time limit is for the first answer. */
  async *#snapshots(
    tracking: string,
    options: CallOptions,
    grpcOptions: GrpcCallOptions = {},
  ): AsyncGenerator<Shipment> {
    const message = { tracking: sendableTracking(tracking) }
    const { path, requestSerialize, responseDeserialize } = protocol.Track
    // Before anything is opened.
    for (const signal of [options.signal, this.#closed.signal]) signal?.throwIfAborted()
    const stream: ClientReadableStream<ShipmentMessage> = this.#client.makeServerStreamRequest(
      path,
      requestSerialize,
      responseDeserialize,
      message,
      metadataOf(options),
      grpcOptions,
    )
    // The end of a stream that nobody reads any more is no error.
    stream.on('error', () => {})
    const messages = stream[Symbol.asyncIterator]()
    let limitMs = options.limitMs
    try {
      for (;;) {
        const next = await this.#withinLimits({ ...options, limitMs }, (signal) =>
          untilAborted(signal, () => stream.cancel(), messages.next()),
        )
        if (next.done) return
        limitMs = undefined
        yield readShipment(shipmentAnswer(next.value as ShipmentMessage))
      }
    } finally {
      stream.cancel()
    }
  }

  #withinLimits<T>({ signal, limitMs }: CallOptions, call: (signal: AbortSignal) => Promise<T>): Promise<T> {
    return withinLimits({ signals: [signal, this.#closed.signal], limitMs }, call)
  }
}

async function untilAborted<T>(signal: AbortSignal, cancel: () => void, next: Promise<T>): Promise<T> {
  signal.addEventListener('abort', cancel, { once: true })
  try {
    return await next
  } catch (error) {
    throw errorOf(error)
  } finally {
    signal.removeEventListener('abort', cancel)
  }
}

/** The service is told the deadline, and stops working when it is over. */
function deadlineOf({ limitMs }: CallOptions): GrpcCallOptions {
  return limitMs === undefined ? {} : { deadline: Date.now() + Math.ceil(limitMs) }
}

function metadataOf({ requestId, fields = {} }: CallOptions): Metadata {
  const metadata = new Metadata()
  for (const [name, value] of Object.entries(fields)) metadata.set(name, value)
  if (requestId !== undefined) metadata.set(REQUEST_ID_FIELD, requestId)
  return metadata
}
