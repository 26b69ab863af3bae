import { Readable } from 'node:stream'

/**
 * Reads a body with a parser that is middleware, from a request as the parsers see it: a stream with a head, and a
 * socket that is still open. No socket is there.
 *
 * @returns a function that gives a promise of the parsed body
 */
export function reading(parser, text, type) {
  const body = Buffer.from(text)
  const headers = { 'content-type': type, 'content-length': String(body.length) }
  const message = { headers, complete: false, httpVersionMajor: 1, socket: { readable: true } }
  return () =>
    new Promise((resolve, reject) => {
      const req = Object.assign(Readable.from([body], { objectMode: false }), message)
      parser(req, {}, (error) => {
        if (error || req.body === undefined) reject(error ?? new Error('the body was not read'))
        else resolve(req.body)
      })
    })
}
