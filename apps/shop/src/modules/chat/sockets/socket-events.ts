import { check, type OutputOf, type Schema } from '@nozomi/schema'
import type { Socket } from 'socket.io'
import type { Principal } from '../../../domain/principal.js'
import { Problem } from '../../../http/problems/problem.js'
import { problemOf, type Translate } from '../../../http/problems/problem-of.js'
import type { Log } from '../../../platform/log/log.js'
import type { SocketSession } from '../../../platform/realtime/socket-session.js'
import { type Allowance, TokenBucket } from '../../../platform/realtime/token-bucket.js'
import { CHAT_PROBLEMS } from '../http/problems.js'

/** An event that clients send: how its payload is read, and what is done. What that gives is in the acknowledgement. */
export interface SocketEvent {
  readonly handle: (session: SocketSession, payload: unknown) => Promise<object>
}

/** A payload, as its schema makes it. */
type Read<S extends Schema> = Awaited<OutputOf<S>>

/** An event of somebody who is known. The payload is checked first, then who it is. */
export function userEvent<S extends Schema>(
  schema: S,
  handle: (user: Principal, payload: Read<S>, session: SocketSession) => Promise<object>,
): SocketEvent {
  return {
    handle: async (session, payload) => {
      const read = await check(schema, payload)
      return handle(await session.current(), read, session)
    },
  }
}

/** An event that is answered to somebody whose token has expired, too. */
export function sessionEvent<S extends Schema>(
  schema: S,
  handle: (session: SocketSession, payload: Read<S>) => Promise<object>,
): SocketEvent {
  return { handle: async (session, payload) => handle(session, await check(schema, payload)) }
}

export interface SocketEventsOptions {
  readonly events: Readonly<Record<string, SocketEvent>>
  readonly translations: readonly Translate[]
  /** How many events of any kind one connection may send; then it is disconnected. */
  readonly allowance: Allowance
  readonly log: Log
}

type Acknowledge = (answer: object) => void

/**
 * Answers the events of one connection, one after another, so that what is sent first is done first. Each gets an
 * acknowledgement: `{ ok: true, ... }`, or `{ ok: false, problem }` with the problem that HTTP would answer.
 */
export function answerEvents(session: SocketSession, options: SocketEventsOptions): void {
  const { socket } = session
  const bucket = new TokenBucket(options.allowance)
  let last: Promise<void> = Promise.resolve()
  socket.use((packet) => {
    if (!bucket.take()) return putOut(socket)
    const [name, payload, acknowledge] = packet as [unknown, unknown, unknown]
    // Whoever waits in the line and was disconnected meanwhile is not served.
    last = last.then(async () => {
      if (!socket.connected) return
      const answer = await answerOf(session, name, payload, options)
      if (typeof acknowledge === 'function') (acknowledge as Acknowledge)(answer)
      else if ('problem' in answer) socket.emit('problem', { event: String(name), problem: answer.problem })
    })
  })
}

async function answerOf(
  session: SocketSession,
  name: unknown,
  payload: unknown,
  { events, translations, log }: SocketEventsOptions,
): Promise<object> {
  try {
    const event = typeof name === 'string' && Object.hasOwn(events, name) ? events[name] : undefined
    if (event === undefined) {
      const known = Object.keys(events).join(', ')
      throw new Problem(CHAT_PROBLEMS['unknown-event'], `There is no such event; there are ${known}.`)
    }
    return { ok: true, ...(await event.handle(session, payload)) }
  } catch (error) {
    const problem = problemOf(error, 'POST', translations)
    if (problem.status >= 500) log.error(`the event ${String(name)} of a socket failed`, error)
    return { ok: false, problem: problem.toJSON() }
  }
}

/** Security: who floods costs nothing more than to read this far. */
function putOut(socket: Socket): void {
  socket.emit('session:ended', { reason: 'flood', detail: 'Too many events; connect again, and send fewer.' })
  socket.disconnect(true)
}
