/** Reading a JSON body of 110 bytes and of 10 KB beside body-parser, without a socket: `node bench/micro/json-body.mjs`. */
import { Readable } from 'node:stream'
import bodyParser from 'body-parser'
import nozomi from 'nozomi'
import { sideBySide } from './side-by-side.mjs'

const small = JSON.stringify({
  name: 'Ada Lovelace',
  email: 'ada@example.com',
  age: 36,
  tags: ['a', 'b', 'c'],
  admin: false,
})
const large = JSON.stringify(Array.from({ length: 100 }, (_, id) => ({ id, ...JSON.parse(small) })))

for (const [title, text] of Object.entries({
  [`${small.length} bytes`]: small,
  [`${large.length} bytes`]: large,
})) {
  await sideBySide(title, {
    'body-parser': reading(bodyParser.json(), text),
    nozomi: reading(nozomi.json(), text),
  })
}

/** A request as the parsers see it: a stream with a head, and a socket that is still open. */
function reading(parser, text) {
  const body = Buffer.from(text)
  const headers = { 'content-type': 'application/json', 'content-length': String(body.length) }
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
