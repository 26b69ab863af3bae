import type { IncomingMessage, ServerResponse } from 'node:http'
import { onClosed } from './connection-loss.js'

/*
 * How an answer ends, on every carrier: all of it was handed over, or it never will be.
 */

/** Told of one answer, once. */
export interface AnswerEnd {
  /** All of it was handed over: as the event 'finish'. */
  sent(): void
  /** The connection or stream went away before. */
  lost(): void
}

/** Tells how the answer to a request ends; at once, where it has ended already. */
export function onAnswerEnd(req: IncomingMessage, res: ServerResponse, end: AnswerEnd): void {
  if (res.writableFinished) end.sent()
  else if (res.destroyed || (res.socket ?? req.socket)?.destroyed) end.lost()
  else {
    const stop = onClosed(req, res, () => {
      res.removeListener('finish', finished)
      end.lost()
    })
    function finished() {
      stop()
      end.sent()
    }
    res.once('finish', finished)
  }
}
