/** The shipping service, as the shop sees it. */
export { createShippingClient } from './create-shipping-client.js'
export { ShippingError, ShippingRefused, ShippingUnavailable, type UnavailableCode } from './errors.js'
export { GrpcShippingClient, type GrpcShippingClientOptions } from './grpc/grpc-shipping-client.js'
export { HttpShippingClient, type HttpShippingClientOptions } from './http/http-shipping-client.js'
export type { BreakerOptions } from './resilience/breaker.js'
export type { BreakerState, ClientEvent, ClientOperation } from './resilience/client-event.js'
export { createFlatRate, type FlatRates } from './resilience/flat-rate.js'
export { type ResilienceOptions, ResilientShippingClient } from './resilience/resilient-shipping-client.js'
export type { RetryOptions } from './resilience/retry.js'
export type {
  CallOptions,
  Destination,
  Money,
  Quote,
  QuoteOption,
  QuoteRequest,
  Shipment,
  ShipmentEvent,
  ShipmentRequest,
  ShippingClient,
  WorkingDays,
} from './shipping-client.js'
export type { FieldError, RefusalCode, ServiceLevel, ShipmentState } from '../contract/vocabulary.js'
