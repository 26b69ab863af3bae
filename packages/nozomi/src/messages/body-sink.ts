/** @internal Who takes the body of a request as it arrives, in place of its stream; null when nobody does. */
export const bodySink = Symbol('nozomi.bodySink')
/** @internal The method of a request that hands its body to a sink. */
export const handOver = Symbol('nozomi.handOver')

/**
 * A reader of a body to whom the pieces are handed as node's parser finds them. The stream of the request stays as it
 * was until the body is over: nobody listens to it, so nobody misses anything.
 */
export interface BodySink {
  take(piece: Buffer): void
  /** The body is over; what the request says of itself from then on is the sink's to set. */
  end(): void
  /** The request was destroyed before the sink was done. */
  abort(): void
  /** Somebody has begun to use the stream: from here on the sink listens to it as everybody does. */
  giveWay(): void
}

/** A request of ours; those from elsewhere have neither member, and are read as the streams that they are. */
export interface SinkingRequest {
  [bodySink]?: BodySink | null
  /** False, and nothing has happened, where somebody else has to do with the stream or its methods. */
  [handOver]?(sink: BodySink): boolean
}
