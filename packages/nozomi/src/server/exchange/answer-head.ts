import { connectionFields } from '../../http/connection-fields.js'

/*
 * The head of an answer for carriers that do not speak HTTP/1.1. node's writer has checked and written it, so whatever a
 * patch, an agent or a handler has put into it is there; here it is read back, without what belongs to one connection.
 */

export interface AnswerHead {
  readonly status: number
  readonly reason: string
  /** Name, value, name, value, ... in the order and case in which they were written. */
  readonly fields: readonly string[]
}

/** Reads a head as node has written it: a status line and field lines, with an empty line at the end. */
export function readAnswerHead(text: string): AnswerHead {
  const [statusLine = '', ...lines] = text.slice(0, text.indexOf('\r\n\r\n')).split('\r\n')
  const [, status, reason = ''] = /^HTTP\/1\.1 (\d+) ?(.*)$/s.exec(statusLine) ?? []
  return { status: Number(status), reason, fields: readFieldLines(lines) }
}

/** Reads the trailers that a handler has added: field lines, each with a line end. */
export function readTrailers(text: string): string[] {
  return readFieldLines(text.split('\r\n'))
}

function readFieldLines(lines: readonly string[]): string[] {
  const fields: string[] = []
  for (const line of lines) {
    const colon = line.indexOf(':')
    if (colon === -1) continue
    const name = line.slice(0, colon)
    if (!connectionFields.has(name.toLowerCase())) fields.push(name, line.slice(colon + 2))
  }
  return fields
}
