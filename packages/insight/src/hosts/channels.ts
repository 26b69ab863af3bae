import { channel, tracingChannel } from 'node:diagnostics_channel'
import type { LayerEvent } from '../types/events.js'

/*
 * The channels that Nozomi publishes on, for applications that don't (types/events.ts).
 */

export const layerChannel = tracingChannel<'nozomi.layer', LayerEvent>('nozomi.layer')
export const nextChannel = channel('nozomi.layer.next')
export const requestStart = channel('nozomi.request.start')
export const requestFinish = channel('nozomi.request.finish')
export const requestAbort = channel('nozomi.request.abort')
export const listenChannel = channel('nozomi.listen')

/** Whether anybody wants to hear of handlers. */
export function areLayersObserved(): boolean {
  return layerChannel.hasSubscribers || nextChannel.hasSubscribers
}

/** Whether anybody wants to hear of requests. */
export function areRequestsObserved(): boolean {
  return requestStart.hasSubscribers || requestFinish.hasSubscribers || requestAbort.hasSubscribers
}
