/**
 * Two processes on one port, which are renewed one after the other on SIGHUP: `node renewed-cluster.js plain|shop`, with
 * FRAMEWORK and PORT in the environment. They stop by node's own `server.close()`, which waits for
 * clients that go on asking, and is given a limit; or as the shop does it.
 */
import cluster, { type Worker } from 'node:cluster'
import { once } from 'node:events'
import { Draining } from '#shop/http/draining.js'
import { createApplication } from '#shop/http/framework.js'
import { StoppableServer } from '#shop/start/stoppable-server.js'

const GRACE_MS = 200
const LIMIT_MS = 2000

async function work(isPlain: boolean): Promise<void> {
  const draining = new Draining()
  const app = createApplication()
  if (!isPlain) app.use(draining.middleware)
  app.get('/', (_req, res) => void res.json({ hello: 'world' }))
  const server = app.listen(Number(process.env.PORT), '127.0.0.1')
  const closePlainly = async (): Promise<void> => {
    setTimeout(() => process.exit(0), LIMIT_MS)
    await new Promise((resolve) => server.close(resolve))
  }
  // Not made for the other way: it changes for how long connections are kept.
  const stoppable = isPlain ? null : new StoppableServer(server)
  const close = async (): Promise<void> => {
    if (stoppable === null) return closePlainly()
    const closed = stoppable.close(GRACE_MS, LIMIT_MS)
    draining.closeConnections()
    await closed
  }
  process.once('SIGTERM', () => void close().then(() => process.exit(0)))
  await once(server, 'listening')
  process.send?.('ready')
}

async function launch(): Promise<Worker> {
  const worker = cluster.fork()
  await once(worker, 'message')
  return worker
}

async function lead(): Promise<void> {
  let workers = [await launch(), await launch()]
  process.on('SIGHUP', async () => {
    const renewed: Worker[] = []
    for (const old of workers) {
      renewed.push(await launch())
      const ended = once(old, 'exit')
      old.process.kill('SIGTERM')
      await ended
    }
    workers = renewed
    process.send?.('renewed')
  })
  process.send?.('ready')
}

await (cluster.isPrimary ? lead() : work(process.argv[2] === 'plain'))
