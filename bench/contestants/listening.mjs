import { once } from 'node:events'

/** Where every contestant listens: a free port of this machine. */
export const ADDRESS = [0, '127.0.0.1']

/** Waits until a server listens. */
export async function listening(server) {
  if (!server.listening) await once(server, 'listening')
  return server
}
