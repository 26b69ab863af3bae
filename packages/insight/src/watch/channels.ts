import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { LayerEvent, NextEvent, RequestEvent } from '../types/events.js'
import type { Guard } from './guard.js'

/** The channels of types/events.ts, with what they bring. */
interface Channels {
  'nozomi.request.start': RequestEvent
  'nozomi.request.finish': RequestEvent
  'nozomi.request.abort': RequestEvent
  'tracing:nozomi.layer:start': LayerEvent
  'tracing:nozomi.layer:end': LayerEvent
  'tracing:nozomi.layer:asyncStart': LayerEvent
  'tracing:nozomi.layer:error': LayerEvent
  'nozomi.layer.next': NextEvent
}

export type Subscribers = { [Name in keyof Channels]: (event: Channels[Name]) => void }

/** Subscribes to all of them; gives what unsubscribes. What a subscriber throws would end the process: it is guarded. */
export function subscribeAll(guard: Guard, subscribers: Subscribers): () => void {
  const guarded = Object.entries(subscribers).map(([name, subscriber]) => {
    const tell = subscriber as (event: unknown) => void
    const listener = (message: unknown): void => {
      try {
        tell(message)
      } catch (error) {
        guard.warn(`the channel ${name}`, error)
      }
    }
    return [name, listener] as const
  })
  for (const [name, listener] of guarded) subscribe(name, listener)
  return () => {
    for (const [name, listener] of guarded) unsubscribe(name, listener)
  }
}
