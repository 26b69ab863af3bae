import { Writable } from 'node:stream'

/** What signs the cookies of the production stacks. */
export const SECRET = 'a secret of more than thirty-two characters'

/** Where the logs of the production stacks go. */
export function discardLog() {
  return new Writable({
    write(_chunk, _encoding, done) {
      done()
    },
  })
}
