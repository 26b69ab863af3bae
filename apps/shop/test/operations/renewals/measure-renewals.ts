/**
 * What renewing a cluster under load loses, on both frameworks, when its processes stop by node's `server.close()`, and
 * when they stop as the shop does: `node build/operations/renewals/measure-renewals.js [rounds]`. Not a test: how much
 * `server.close()` loses is a matter of chance.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { freePort } from '../../deploy/nginx.js'
import { KeepAliveLoad } from '../keep-alive-load.js'

const CLUSTER = fileURLToPath(new URL('renewed-cluster.js', import.meta.url))
const CONNECTIONS = 24
const rounds = Number(process.argv[2] ?? 20)

async function measure(framework: string, way: string): Promise<void> {
  const port = await freePort()
  const env = { ...process.env, FRAMEWORK: framework, PORT: String(port) }
  const primary = fork(CLUSTER, [way], { env })
  await once(primary, 'message')
  const load = new KeepAliveLoad(`http://127.0.0.1:${port}`, '/', CONNECTIONS)
  for (let round = 0; round < rounds; round++) {
    // Until the connections are all in use again.
    await setTimeout(500)
    primary.kill('SIGHUP')
    await once(primary, 'message')
  }
  const { answered, lost, refused } = await load.stop()
  const ended = once(primary, 'exit')
  primary.kill('SIGKILL')
  await ended
  const count = Object.values(lost).reduce((sum, each) => sum + each, 0)
  console.log(
    `${framework}, ${way === 'plain' ? 'server.close()' : 'as the shop stops'}: ${rounds} renewals of 2 processes, ` +
      `${answered} answered, ${count} lost, ${refused} refused`,
    lost,
  )
}

for (const way of ['plain', 'shop'])
  for (const framework of ['express', 'nozomi']) await measure(framework, way)
