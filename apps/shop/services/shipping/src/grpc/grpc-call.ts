import { once } from 'node:events'
import {
  type handleServerStreamingCall,
  type handleUnaryCall,
  Metadata,
  type ServerUnaryCall,
  type ServerWritableStream,
  status,
} from '@grpc/grpc-js'
import { REQUEST_ID_FIELD } from '../../contract/vocabulary.js'
import type { Observation, ObservedCall, Operation } from '../observation/observation.js'
import { requestIdFrom } from '../observation/request-id.js'
import { type Call, CallCancelled, CallScope, DeadlineExceeded, Unavailable } from '../use-cases/call.js'
import { statusOf } from './grpc-status.js'

type SurfaceCall<Request, Reply> = ServerUnaryCall<Request, Reply> | ServerWritableStream<Request, Reply>

/** A method with one answer, within the service's limit or the shorter one of the caller. */
export function unaryMethod<Request, Reply>(
  operation: Operation,
  observation: Observation,
  limitMs: number,
  work: (request: Request, call: Call) => Promise<Reply>,
): handleUnaryCall<Request, Reply> {
  return function answerOnce(call, callback) {
    const observed = begin(call, operation, observation)
    const scope = scopeOf(call, limitMs)
    scope
      .run((inner) => work(call.request, inner))
      .then(
        (reply) => {
          observed.end('OK')
          callback(null, reply)
        },
        (error: unknown) => {
          endWith(error, observed)
          callback(statusOf(error))
        },
      )
      .finally(() => scope.end())
  }
}

/** A method with many answers. It may stay open as long as the caller wants; `stopping` ends it from our side. */
export function streamMethod<Request, Reply>(
  operation: Operation,
  observation: Observation,
  stopping: AbortSignal,
  work: (request: Request, call: Call) => AsyncIterable<Reply>,
): handleServerStreamingCall<Request, Reply> {
  return function answerMany(call) {
    const observed = begin(call, operation, observation)
    const scope = scopeOf(call, null)
    const stop = (): void => scope.cancel(new Unavailable('The service stops; ask again.'))
    if (stopping.aborted) stop()
    stopping.addEventListener('abort', stop, { once: true })
    writeAll(call, work(call.request, scope), scope.signal)
      .then(
        () => {
          observed.end('OK')
          call.end()
        },
        (error: unknown) => {
          endWith(error, observed)
          // This is how the library is told the status of a stream.
          call.emit('error', statusOf(error))
        },
      )
      .finally(() => {
        scope.end()
        stopping.removeEventListener('abort', stop)
      })
  }
}

async function writeAll<Request, Reply>(
  call: ServerWritableStream<Request, Reply>,
  replies: AsyncIterable<Reply>,
  signal: AbortSignal,
): Promise<void> {
  for await (const reply of replies) {
    if (!call.write(reply)) await once(call, 'drain', { signal }).catch(() => signal.throwIfAborted())
  }
}

function begin<Request, Reply>(
  call: SurfaceCall<Request, Reply>,
  operation: Operation,
  observation: Observation,
): ObservedCall {
  const requestId = requestIdFrom(call.metadata.get(REQUEST_ID_FIELD)[0])
  const metadata = new Metadata()
  metadata.set(REQUEST_ID_FIELD, requestId)
  call.sendMetadata(metadata)
  return observation.begin('grpc', requestId, () => operation)
}

function scopeOf<Request, Reply>(call: SurfaceCall<Request, Reply>, limitMs: number | null): CallScope {
  const deadline = Number(call.getDeadline())
  const allowedMs = Math.max(0, deadline - Date.now())
  const scope = new CallScope(limitMs === null ? null : Math.min(allowedMs, limitMs))
  // The library says so too when it ended the call itself, at the caller's deadline, and after our own answer.
  call.once('cancelled', () => {
    scope.cancel(Date.now() >= deadline ? new DeadlineExceeded(Math.round(allowedMs)) : new CallCancelled())
  })
  return scope
}

function endWith(error: unknown, observed: ObservedCall): void {
  if (error instanceof CallCancelled) return observed.end('cancelled')
  const { code } = statusOf(error)
  observed.end(status[code], code === status.INTERNAL ? error : undefined)
}
