import type { Socket } from 'node:net'
import { joinWrites } from './joined-writes.js'
import type { Packet } from './packet.js'

/*
 * What a connection hears of its socket, and how it changes it.
 *
 * Perf: functions that all connections share; a connection has no listeners of its own.
 */

/** The connection, as far as its socket knows it. */
export interface SocketOwner {
  /** Whether answers are held back only to leave together. */
  readonly isGathering: boolean
  /** Bytes. `isStreamed`: node's parser would have them from the stream of the socket, too. */
  takeBytes(bytes: Buffer, isStreamed: boolean): void
  onEnd(): void
  fail(error: Error): void
  onClose(): void
  onDrain(): void
  onTimeout(): void
  /** Somebody has given the socket a time-out of its own. */
  onTimeoutSet(): void
}

/** The connection that a socket belongs to. */
const owner = Symbol('nozomi.turboConnection')

type OwnSocket = Socket & { [owner]: SocketOwner; _handle?: { isStreamBase?: boolean } | null }

/** Lets a connection have all that happens on the socket. */
export function connect(socket: Socket, connection: SocketOwner, packet: Packet): void {
  ;(socket as OwnSocket)[owner] = connection
  for (const [event, listener] of LISTENERS) socket.on(event, listener)
  joinWrites(socket)
  socket.destroy = destroyGathered
  // What stands for a socket may have no time-outs.
  if (typeof socket.setTimeout === 'function') socket.setTimeout = setOwnTimeout
  packet.readFrom(socket, onData, takeBytes)
}

/** The socket is somebody else's from here on. */
export function disconnect(socket: Socket): void {
  for (const [event, listener] of LISTENERS) socket.removeListener(event, listener)
  socket.setTimeout = (Object.getPrototypeOf(socket) as Socket).setTimeout
}

/** The connection wants no more errors. If nobody else does, they are ignored. */
export function ignoreErrors(socket: Socket): void {
  socket.removeListener('error', onError)
  if (socket.listenerCount('error') === 0) socket.on('error', ignore)
}

/** Answers that are held back only to leave together have been written: whoever destroys the socket then is too late. */
function destroyGathered(this: Socket, error?: Error): Socket {
  if ((this as OwnSocket)[owner].isGathering) this.uncork()
  return (Object.getPrototypeOf(this) as Socket).destroy.call(this, error)
}

/** A time-out of the socket's own is node's matter; ours is not told apart from it otherwise. */
function setOwnTimeout(this: Socket, ms: number, callback?: () => void): Socket {
  ;(this as OwnSocket)[owner].onTimeoutSet()
  return (Object.getPrototypeOf(this) as Socket).setTimeout.call(this, ms, callback)
}

function onData(this: Socket, chunk: Buffer): void {
  const socket = this as OwnSocket
  socket[owner].takeBytes(chunk, !socket._handle?.isStreamBase || socket.listenerCount('data') > 1)
}

function takeBytes(socket: Socket, bytes: Buffer): void {
  ;(socket as OwnSocket)[owner].takeBytes(bytes, false)
}

function onEnd(this: Socket): void {
  ;(this as OwnSocket)[owner].onEnd()
}

function onError(this: Socket, error: Error): void {
  ;(this as OwnSocket)[owner].fail(error)
}

/** Parity: like that of node, it may be called on anything. */
function onClose(this: Socket): void {
  ;(this as Partial<OwnSocket>)[owner]?.onClose()
}

function onDrain(this: Socket): void {
  ;(this as OwnSocket)[owner].onDrain()
}

function onTimeout(this: Socket): void {
  ;(this as OwnSocket)[owner].onTimeout()
}

const LISTENERS = [
  ['data', onData],
  ['end', onEnd],
  ['error', onError],
  ['close', onClose],
  ['drain', onDrain],
  ['timeout', onTimeout],
] as const

function ignore(): void {}
