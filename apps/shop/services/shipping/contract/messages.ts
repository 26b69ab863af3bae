/**
 * The messages of shipping.proto as the loader reads and writes them. What is absent on the wire is absent here, also
 * a zero or an empty text that another implementation left out.
 */

export interface DestinationMessage {
  country?: string
  postalCode?: string
}

export interface MoneyMessage {
  amount?: number
  currency?: string
}

export interface WorkingDaysMessage {
  min?: number
  max?: number
}

/** An enum's value is its name; the number when the name is not known. */
export type EnumMessage = string | number

export interface QuoteRequestMessage {
  weightGrams?: number
  destination?: DestinationMessage
  level?: EnumMessage
}

export interface QuoteOptionMessage {
  level?: EnumMessage
  price?: MoneyMessage
  delivery?: WorkingDaysMessage
}

export interface QuoteReplyMessage {
  options?: QuoteOptionMessage[]
}

export interface CreateShipmentRequestMessage extends QuoteRequestMessage {
  orderId?: string
}

export interface TrackRequestMessage {
  tracking?: string
}

export interface TimestampMessage {
  seconds?: number
  nanos?: number
}

export interface ShipmentEventMessage {
  state?: EnumMessage
  at?: TimestampMessage
}

export interface ShipmentMessage {
  tracking?: string
  orderId?: string
  weightGrams?: number
  destination?: DestinationMessage
  level?: EnumMessage
  price?: MoneyMessage
  delivery?: WorkingDaysMessage
  history?: ShipmentEventMessage[]
}

export interface RefusalMessage {
  code?: string
  fields?: { field?: string; problem?: string; expected?: string }[]
}

export interface StatusMessage {
  code?: number
  message?: string
  /** `google.protobuf.Any`, which comes with the loader, and has this field in no camel case. */
  details?: { type_url?: string; value?: Buffer }[]
}

export interface BadRequestMessage {
  fieldViolations?: { field?: string; description?: string }[]
}
