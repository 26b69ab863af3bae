import { ServerResponse } from 'node:http'

/*
 * The last bytes of a file, or all of a small one, leave with the head in one `end()`.
 *
 * Parity: Express pipes files, so each chunk comes through `res.write()`. Middleware that replaces `write` alone to see
 * or change what is sent gets to see it here, too.
 */

/** Inherited from OutgoingMessage; agents assign their own to either. */
const nodeWrite: unknown = ServerResponse.prototype.write

/** @internal On a `write` of the framework's own, which calls node's. */
export const callsNode = Symbol('nozomi.callsNode')

/** Ends a response with these bytes. */
export function endWith(res: ServerResponse, bytes: Buffer): void {
  if (isWriteReplaced(res)) {
    res.write(bytes)
    res.end()
  } else res.end(bytes)
}

/** Whether anybody wants to see what is written: on this response, its application, the framework, or node. */
export function isWriteReplaced(res: ServerResponse): boolean {
  const { write } = res as { write: unknown }
  if (write === nodeWrite) return false
  return (write as { [callsNode]?: true })[callsNode] !== true || ServerResponse.prototype.write !== nodeWrite
}
