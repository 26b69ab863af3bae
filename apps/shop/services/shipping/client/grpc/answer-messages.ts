import { formatLevel, parseLevel, parseState } from '../../contract/enum-names.js'
import type {
  CreateShipmentRequestMessage,
  MoneyMessage,
  QuoteReplyMessage,
  QuoteRequestMessage,
  ShipmentMessage,
  TimestampMessage,
  WorkingDaysMessage,
} from '../../contract/messages.js'
import type { QuoteRequest, ShipmentRequest } from '../shipping-client.js'

export function quoteMessage({ level, weightGrams, destination }: QuoteRequest): QuoteRequestMessage {
  return {
    weightGrams,
    destination: { ...destination },
    ...(level !== undefined && { level: formatLevel(level) }),
  }
}

export function shipmentRequestMessage(request: ShipmentRequest): CreateShipmentRequestMessage {
  const { orderId, weightGrams, destination, level } = request
  return { orderId, weightGrams, destination: { ...destination }, level: formatLevel(level) }
}

/** The messages as the HTTP API would have said them in JSON; zeros and empty texts may be left out on the wire. */
export function quoteAnswer({ options = [] }: QuoteReplyMessage): object {
  return {
    options: options.map(({ level, price, delivery }) => ({
      level: parseLevel(level),
      price: money(price),
      delivery: workingDays(delivery),
    })),
  }
}

export function shipmentAnswer(message: ShipmentMessage): object {
  const { tracking, orderId, weightGrams, destination, level, price, delivery, history = [] } = message
  return {
    tracking,
    orderId,
    weightGrams: weightGrams ?? 0,
    destination,
    level: parseLevel(level),
    price: money(price),
    delivery: workingDays(delivery),
    history: history.map(({ state, at }) => ({ state: parseState(state), at: date(at) })),
  }
}

function money(message: MoneyMessage | undefined): object | undefined {
  return message && { amount: message.amount ?? 0, currency: message.currency }
}

function workingDays(message: WorkingDaysMessage | undefined): object | undefined {
  return message && { min: message.min ?? 0, max: message.max ?? 0 }
}

function date(message: TimestampMessage | undefined): Date | undefined {
  return message && new Date((message.seconds ?? 0) * 1000 + Math.floor((message.nanos ?? 0) / 1_000_000))
}
