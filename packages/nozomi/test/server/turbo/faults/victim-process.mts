import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { connectionsOf, contestants } from './contestants.mjs'
import type { Usage } from './victim.mjs'

/*
 * The process that is mistreated: `node --expose-gc victim-process.mjs <name of the server> <ms>`. It tells its parent the
 * port, and what it uses whenever it is asked.
 */

const contestant = contestants.find(({ name }) => name === process.argv[2])
if (!contestant || !process.send) throw new Error(`no server "${process.argv[2]}" with a parent process`)

let uncaught = 0
process.on('uncaughtException', () => uncaught++)
process.on('disconnect', () => process.exit())

const LARGE = Buffer.alloc(2 ** 20)

// A server that is held back by an unread body does not read, and so does not see that its client has gone: it takes the
// time-out to end that connection.
const limit = Number(process.argv[3])
const TIMEOUTS = { headersTimeout: limit, requestTimeout: limit, connectionsCheckingInterval: 100 }

const server = contestant.create(
  { keepAliveTimeout: 60_000, ...TIMEOUTS },
  (req: IncomingMessage, res: ServerResponse) => {
    switch (req.url) {
      case '/silent':
        return
      case '/large':
        res.end(LARGE)
        return
      case '/begun':
        res.write('some')
        return
      case '/throw':
        res.write('some')
        throw new Error('thrown after the head went out')
      case '/destroy':
        res.write('some')
        res.destroy(new Error('destroyed after the head went out'))
        return
      case '/read':
        req.on('data', () => {}).on('end', () => res.end('ok'))
        return
      default:
        res.end('ok')
    }
  },
)
server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 })
await once(server, 'listening')

process.on('message', async () => {
  // In between, what ended connections left to later turns is let go.
  for (let i = 0; i < 4; i++) {
    await delay(10)
    globalThis.gc?.()
  }
  const { heapUsed, external, arrayBuffers, rss } = process.memoryUsage()
  const connections = await connectionsOf(server)
  const files = readdirSync('/proc/self/fd').length
  process.send?.({
    heap: heapUsed + external,
    arrayBuffers,
    resident: rss,
    connections,
    files,
    uncaught,
  } satisfies Usage)
})
process.send({ port: (server.address() as AddressInfo).port })
