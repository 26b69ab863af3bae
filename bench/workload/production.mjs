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

/** The middleware of the production stacks, in order, for whoever takes Express's. */
export async function productionMiddleware() {
  const [helmet, cors, compression, cookieParser, session, morgan] = (
    await Promise.all([
      import('helmet'),
      import('cors'),
      import('compression'),
      import('cookie-parser'),
      import('express-session'),
      import('morgan'),
    ])
  ).map((module) => module.default)
  return [
    morgan('combined', { stream: discardLog() }),
    helmet(),
    cors(),
    compression(),
    cookieParser(),
    session({ secret: SECRET, resave: false, saveUninitialized: false }),
  ]
}
