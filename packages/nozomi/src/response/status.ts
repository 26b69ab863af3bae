import { STATUS_CODES } from 'node:http'
import type { ResponseState } from './state.js'

export const statusMembers: object & ThisType<ResponseState> = {
  /**
   * Sets the status code of the answer.
   *
   * @throws TypeError when it is no integer; RangeError when it lies outside 100 to 999.
   */
  status(code: number): ResponseState {
    if (!Number.isInteger(code)) {
      throw new TypeError(`Invalid status code: ${JSON.stringify(code)}. Status code must be an integer.`)
    }
    if (code < 100 || code > 999) {
      throw new RangeError(
        `Invalid status code: ${JSON.stringify(code)}. Status code must be greater than 99 and less than 1000.`,
      )
    }
    this.statusCode = code
    return this
  },

  /** Answers with a status, and its reason phrase as plain text. */
  sendStatus(code: number): ResponseState {
    const body = STATUS_CODES[code] || String(code)
    this.status(code)
    this.type('txt')
    return this.send(body)
  },
}
