import type { ServerResponse } from 'node:http'
import { formatHead, hasPlainHead } from '../messages/answer-head.js'
import type { OutgoingFields } from '../messages/node-fields.js'
import type { OutgoingState } from '../messages/node-state.js'
import { Persistence } from '../messages/persistence.js'

/*
 * The head of a small answer, written by us in node's place, to the byte.
 *
 * Perf: node makes an object for the state of its writer, asks of each field which one it is, and looks the date up: a
 * twentieth of the CPU of a small answer (bench/in-memory.mjs). Whatever is not the plain case is left to node, and so
 * is everything when somebody has replaced a method that has to do with it.
 */

const persistence = new Persistence()

/** Writes the head of an answer with a body of `length` bytes, if that can be done here; else node will. */
export function writeOwnHead(message: ServerResponse, fields: OutgoingFields, length: number): void {
  const res = message as OutgoingState
  if (!hasPlainHead(res)) return
  const head = formatHead(res, fields, persistence.fields(res._keepAliveTimeout), length)
  if (head !== null) res._header = head
}
