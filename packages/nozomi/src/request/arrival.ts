import { type BodySink, bodySink, handOver } from '../messages/body-sink.js'
import { closeDumped, isUntouched, markDumped } from '../messages/stream-state.js'
import { nodeMethods } from './node-request.js'
import type { RequestState } from './state.js'

/*
 * How the body of a request arrives: node's parser pushes each piece into the stream of the request, and null at the
 * end; and what becomes of a body that nobody has read when the answer is out: node reads it off.
 *
 * Perf: for most requests the stream does all of that for nobody. From its last byte to its 'close', a request without a
 * body takes several turns of the queue of ticks and events without a listener, a tenth of a small answer's CPU (Node
 * 24); here it takes one turn. What anybody can see stays: the state of the stream, in node's order, every event to which
 * somebody listens, and every call of a method that somebody has replaced.
 *
 * Runs for each request and for each piece of a body; the benchmark is bench/in-memory.mjs.
 */
export const arrivalOverrides: object & ThisType<RequestState> = {
  push(piece: Buffer | null, encoding?: BufferEncoding): boolean {
    const sink = this[bodySink]
    if (sink) return pushToSink(this, sink, piece, encoding)
    if (piece === null && isUntouched(this) && hasNodesMethods(this)) {
      this._readableState.ended = true
      return false
    }
    return nodeMethods().push.call(this, piece, encoding)
  },

  /** node's way to read off what nobody wanted, once the answer is out. */
  _dump(): void {
    if (this._dumped || !this.complete || !isUntouched(this) || !hasNodesMethods(this)) {
      nodeMethods()._dump.call(this)
      return
    }
    markDumped(this)
    process.nextTick(closeDumped, this)
  },

  _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    const sink = this[bodySink]
    if (sink) {
      this[bodySink] = null
      sink.abort()
    }
    nodeMethods()._destroy.call(this, error, callback)
  },

  [handOver](sink: BodySink): boolean {
    if (this[bodySink] !== null || this.complete || !isUntouched(this) || !hasNodesMethods(this)) return false
    if (this._readableState.ended || this.readableEncoding) return false
    this[bodySink] = sink
    // The client may wait for `100 Continue`, and the socket for somebody who reads.
    this._read(0)
    return true
  },
}

const own = arrivalOverrides as RequestState
/** node's methods as they were when this file was loaded. */
const node = methodsOf(nodeMethods())

function methodsOf(methods: RequestState) {
  const { on, emit, listenerCount, removeListener, removeAllListeners, read, resume, destroy } = methods
  const { push, _dump, _destroy, _read } = methods
  const ofEmitter = { on, emit, listenerCount, removeListener, removeAllListeners }
  return { ...ofEmitter, read, resume, destroy, push, _dump, _destroy, _read }
}

/** Whether all that node would call is node's own: who has put a method of his there is called as by node. */
function hasNodesMethods(req: RequestState): boolean {
  const next = nodeMethods()
  return (
    req.on === node.on &&
    req.emit === node.emit &&
    req.listenerCount === node.listenerCount &&
    req.read === node.read &&
    req.resume === node.resume &&
    req.destroy === node.destroy &&
    req.removeListener === node.removeListener &&
    req.removeAllListeners === node.removeAllListeners &&
    req.push === own.push &&
    req._dump === own._dump &&
    req._destroy === own._destroy &&
    next.push === node.push &&
    next._dump === node._dump &&
    next._destroy === node._destroy &&
    next._read === node._read
  )
}

function pushToSink(
  req: RequestState,
  sink: BodySink,
  piece: Uint8Array | null,
  encoding: BufferEncoding | undefined,
): boolean {
  if (!isUntouched(req) || !hasNodesMethods(req)) {
    req[bodySink] = null
    sink.giveWay()
    return nodeMethods().push.call(req, piece, encoding)
  }
  if (piece !== null) {
    // Bytes of another kind come from other runtimes (Deno); a stream would make Buffers of them.
    sink.take(piece instanceof Buffer ? piece : Buffer.from(piece))
    return true
  }
  req._readableState.ended = true
  sink.end()
  return false
}
