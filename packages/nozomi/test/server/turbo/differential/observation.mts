/*
 * What can be seen of a server that got a stream, in a form in which two servers can be compared.
 */

export interface SeenRequest {
  method: string
  url: string
  version: string
  rawHeaders: string[]
  /** Latin1: one character, one byte. */
  body: string
  rawTrailers: string[]
  /** Whether the whole message has come. */
  complete: boolean
  /** Whether the client lets the connection go on. */
  keepAlive: boolean
  expects: 'nothing' | 'continue' | 'other'
  /** The connection was handed over with this request. */
  isUpgrade: boolean
}

export interface Refused {
  status: number
  /** The parser's code or reason, for people. */
  reason: string
}

export interface Observation {
  requests: SeenRequest[]
  /** Null when the stream is well so far. */
  refused: Refused | null
  /** What came behind the head of a request that took the connection over; latin1. */
  handedOver: string
}

/**
 * Leaves out what no client gets to know: whatever stands behind a message after which the connection is closed. One
 * server looks at it, the next does not.
 */
export function withoutAfterlife<Seen extends Observation>(seen: Seen): Seen {
  const last = seen.requests.findIndex(
    (request) => request.complete && !request.keepAlive && !request.isUpgrade,
  )
  if (last === -1) return seen
  return { ...seen, requests: seen.requests.slice(0, last + 1), refused: null, handedOver: '' }
}
