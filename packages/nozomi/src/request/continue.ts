import { carrier, type Carried } from '../messages/carrier.js'
import { readCarried } from '../messages/carried-request.js'
import { nodeMethods } from './node-request.js'
import { awaitsContinue, type RequestState } from './state.js'

/**
 * A client that sent `Expect: 100-continue` waits before it sends the body. It is told to go on when somebody
 * starts to read, and not before: a body that is refused by its length alone is then never sent.
 *
 * RFC 9110 §10.1.1: the server may answer with a final status in place of 100.
 */
export const continueOverrides: object & ThisType<RequestState> = {
  _read(this: RequestState, size: number): void {
    if (this[awaitsContinue]) {
      this[awaitsContinue] = false
      if (!this.res.headersSent) this.res.writeContinue()
    }
    if ((this as Carried)[carrier]) readCarried(this as never)
    else nodeMethods()._read.call(this, size)
  },
}
