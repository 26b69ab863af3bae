import { callsNode } from '../files/last-chunk.js'
import { sendWhole } from '../messages/carried-response.js'
import { createContentLengthOverrides } from '../messages/content-length.js'
import { nextMethod } from './node-response.js'
import type { ResponseState } from './state.js'

/*
 * The bytes of a body and the Content-Length that a handler has set (messages/content-length.ts), before the methods of
 * whoever stands behind `express.response`.
 */

export const contentLengthOverrides = createContentLengthOverrides(nextMethod)

Object.defineProperty(contentLengthOverrides.write, callsNode, { value: true })

/** The `end` that a response has unless somebody replaced it. */
export const ownEnd: unknown = contentLengthOverrides.end

const nodeEnd = nextMethod('end')

/** Whether somebody has replaced the method of node that our `end` calls. */
export function isNodeEndReplaced(): boolean {
  return nextMethod('end') !== nodeEnd
}

/** Ends a response with a text whose length stands in the fields already: `res.send()` has counted it. */
export function endWhole(res: ResponseState, text: string): void {
  if (sendWhole(res, text, 'utf8')) return
  ;(nextMethod('end') as ResponseState['end']).call(res, text, 'utf8')
}
