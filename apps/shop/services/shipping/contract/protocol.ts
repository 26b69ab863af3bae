import { fileURLToPath } from 'node:url'
import type { MethodDefinition } from '@grpc/grpc-js'
import { loadSync, type MessageTypeDefinition, type PackageDefinition } from '@grpc/proto-loader'
import type {
  BadRequestMessage,
  CreateShipmentRequestMessage,
  QuoteReplyMessage,
  QuoteRequestMessage,
  RefusalMessage,
  ShipmentMessage,
  StatusMessage,
  TrackRequestMessage,
} from './messages.js'

/** The `.proto` files are read where they stand in the sources: the build does not copy them. */
const FOLDER = fileURLToPath(new URL('../../contract/', import.meta.url))

const loaded: PackageDefinition = loadSync(['shipping.proto', 'google/rpc/status.proto'], {
  includeDirs: [FOLDER],
  enums: String,
  longs: Number,
})

/** The methods of `shop.shipping.v1.Shipping`. The types are ours to keep in step with the file; a test does so. */
export interface ShippingProtocol {
  readonly Quote: MethodDefinition<QuoteRequestMessage, QuoteReplyMessage>
  readonly CreateShipment: MethodDefinition<CreateShipmentRequestMessage, ShipmentMessage>
  readonly Track: MethodDefinition<TrackRequestMessage, ShipmentMessage>
}

export const protocol = loaded['shop.shipping.v1.Shipping'] as unknown as ShippingProtocol

export interface MessageType<Message> {
  serialize(message: Message): Buffer
  deserialize(bytes: Buffer): Message
}

export const refusalType = messageType<RefusalMessage>('shop.shipping.v1.Refusal')
export const statusType = messageType<StatusMessage>('google.rpc.Status')
export const badRequestType = messageType<BadRequestMessage>('google.rpc.BadRequest')

function messageType<Message extends object>(name: string): MessageType<Message> {
  return loaded[name] as MessageTypeDefinition<Message, object> as unknown as MessageType<Message>
}
