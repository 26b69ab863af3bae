import { formatLevel, formatState, parseLevel } from '../../contract/enum-names.js'
import type {
  CreateShipmentRequestMessage,
  QuoteOptionMessage,
  QuoteReplyMessage,
  QuoteRequestMessage,
  ShipmentMessage,
  TimestampMessage,
} from '../../contract/messages.js'
import type { Shipment } from '../domain/shipment.js'
import type { Quote, QuoteOption } from '../domain/tariff.js'

/** The input of a use case, as JSON over HTTP would have it. What is absent stays absent. */
export function inputOf(message: QuoteRequestMessage | CreateShipmentRequestMessage): object {
  const { level, ...rest } = message
  const parsed = parseLevel(level)
  return parsed === undefined ? rest : { ...rest, level: parsed }
}

export function quoteReply({ options }: Quote): QuoteReplyMessage {
  return { options: options.map(optionMessage) }
}

export function shipmentMessage(shipment: Shipment): ShipmentMessage {
  const { tracking, orderId, weightGrams, destination, level, price, delivery, history } = shipment
  return {
    tracking,
    orderId,
    weightGrams,
    destination: { ...destination },
    level: formatLevel(level),
    price: { ...price },
    delivery: { ...delivery },
    history: history.map(({ state, at }) => ({ state: formatState(state), at: timestamp(at) })),
  }
}

function optionMessage({ level, price, delivery }: QuoteOption): QuoteOptionMessage {
  return { level: formatLevel(level), price: { ...price }, delivery: { ...delivery } }
}

function timestamp(date: Date): TimestampMessage {
  const ms = date.getTime()
  const seconds = Math.floor(ms / 1000)
  return { seconds, nanos: (ms - seconds * 1000) * 1_000_000 }
}
