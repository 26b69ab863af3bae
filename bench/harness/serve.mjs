/**
 * One contestant: `node serve.mjs NAME APPLICATION OPTIONS`. Listens, says its port to the process that started it,
 * and answers that process's questions about what it has used. Ends when that process is gone.
 */
import { startApplication } from '../contestants/contestants.mjs'

process.on('disconnect', () => process.exit())

const [name, application, options] = process.argv.slice(2)
const server = await startApplication(name, application, JSON.parse(options))

const answers = {
  /** All threads, user and system, in microseconds. */
  cpu() {
    const { user, system } = process.cpuUsage()
    return user + system
  },

  /** What is in memory now, without what a garbage collection (--expose-gc) takes away. */
  async memory() {
    for (let round = 0; round < 4; round++) {
      globalThis.gc?.()
      // V8 and the allocator give pages back a little later.
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    const { rss, heapUsed, external } = process.memoryUsage()
    return { resident: rss, heap: heapUsed + external }
  },

  resident: () => process.memoryUsage.rss(),

  connections: () =>
    new Promise((resolve, reject) => {
      server.getConnections((error, count) => (error ? reject(error) : resolve(count)))
    }),

  /** Lets idle connections live for this long. */
  keepAlive(milliseconds) {
    if ('keepAliveTimeout' in server) server.keepAliveTimeout = milliseconds
    return true
  },
}

process.on('message', async ({ ask, argument }) => {
  process.send({ answer: await answers[ask](argument) })
})
process.send({ port: server.address().port })
