import { IncomingMessage, OutgoingMessage, ServerResponse } from 'node:http'

/*
 * Where node keeps the fields of a response, so that the common case goes there without a detour.
 *
 * Perf: `res.setHeader()` checks a name and a value that we know to be good, for each of the four fields that a small
 * answer has (bench/micro/answers.mjs).
 *
 * Nothing here is promised by node. So it is tried when this file is loaded, and where something is not as it is known
 * (a new node, or methods that an agent has wrapped before), the public way is taken instead.
 */

/** A field that will be sent: its name as it is written, and its value. Appending to a field changes it. */
export type OutgoingField = [name: string, value: number | string | string[]]

/** The fields that will be sent, by their names in lower case. */
export type OutgoingFields = Record<string, OutgoingField | undefined>

type Internals = Record<symbol, unknown> & { _header?: string | null }

const { setHeader: nodeSetHeader, getHeader: nodeGetHeader } = OutgoingMessage.prototype

const outgoingFields = findOutgoingFields()

/**
 * An object without members, as node makes it with `{ __proto__: null }`. Perf: that would be a dictionary; one of a
 * class has a hidden class, and fields are stored and found by it.
 */
const Fields = function Fields() {} as unknown as new () => OutgoingFields
Fields.prototype = Object.freeze(Object.create(null))

/**
 * node's own record of the fields of a response; null when it must be left alone: the head has been sent, or the
 * methods that write and read it are not node's.
 */
export function ownFields(res: object): OutgoingFields | null {
  if (outgoingFields === null) return null
  const message = res as Internals & ServerResponse
  if (
    message._header !== null ||
    message.setHeader !== nodeSetHeader ||
    message.getHeader !== nodeGetHeader
  ) {
    return null
  }
  const fields = message[outgoingFields] as OutgoingFields | null
  if (fields !== null) return fields
  return (message[outgoingFields] = new Fields())
}

/** The fields as they will be sent, whoever set them; null when there are none, undefined when nobody can tell. */
export function fieldsToSend(res: object): OutgoingFields | null | undefined {
  return outgoingFields === null ? undefined : ((res as Internals)[outgoingFields] as OutgoingFields | null)
}

/** The symbol of the fields of a response: null in the beginning, then name in lower case to `[name, value]`. */
function findOutgoingFields(): symbol | null {
  const res = new ServerResponse(new IncomingMessage(null as never)) as unknown as Internals & ServerResponse
  const symbol = Object.getOwnPropertySymbols(res).find(({ description }) => description === 'kOutHeaders')
  if (symbol === undefined || res._header !== null || res[symbol] !== null || !isOfNode(nodeSetHeader))
    return null
  res.setHeader('X-One', 'a')
  const fields = res[symbol] as OutgoingFields | null
  const stored = fields?.['x-one']
  if (!Array.isArray(stored) || stored.length !== 2 || stored[0] !== 'X-One' || stored[1] !== 'a') return null
  ;(fields as OutgoingFields)['x-two'] = ['X-Two', 'b']
  return res.getHeader('x-two') === 'b' && isOfNode(nodeGetHeader) ? symbol : null
}

/** Whether a function is node's, and not a wrapper around it. */
function isOfNode(method: unknown): boolean {
  return /\bkOutHeaders\b/.test(Function.prototype.toString.call(method))
}
