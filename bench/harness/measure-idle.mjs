import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { ContestantProcess } from './contestant-process.mjs'
import { LOAD_CORE, pinned } from './pinning.mjs'

const CLIENT = fileURLToPath(new URL('idle-client.mjs', import.meta.url))
const WANTED_CONNECTIONS = 10_000
const FILES_OF_A_PROCESS = 100
const LONG_ENOUGH_MS = 10 * 60_000

/**
 * Memory of an idle connection: what the server has with all connections and with a fifth of them, divided by the
 * difference. What the first requests and the first connections bring (compiled code, a larger heap) is not counted.
 *
 * @returns {Promise<{ resident: number, heap: number, connections: number }>} bytes a connection
 */
export async function measureIdle({ node, contestant, scenario, quick }) {
  const connections = possibleConnections(quick)
  const nodeFlags = ['--expose-gc']
  const server = await ContestantProcess.start({ node, contestant, scenario, nodeFlags, openFiles: true })
  try {
    await server.ask('keepAlive', LONG_ENOUGH_MS)
    const some = await openConnections(server.port, connections / 5)
    const before = await server.ask('memory')
    const others = await openConnections(server.port, connections - connections / 5)
    const after = await server.ask('memory')
    const open = await server.ask('connections')
    await Promise.all([some.close(), others.close()])
    if (open !== connections) throw new Error(`${open} of ${connections} connections were kept open`)
    const each = (memory) => (after[memory] - before[memory]) / (connections - connections / 5)
    return { resident: each('resident'), heap: each('heap'), connections }
  } finally {
    await server.stop()
  }
}

/** Ten thousand, or what the limit of open files leaves. */
function possibleConnections(quick) {
  const { stdout } = spawnSync('bash', ['-c', 'ulimit -Hn'], { encoding: 'utf8' })
  const limit = stdout.trim() === 'unlimited' ? Infinity : Number(stdout) - FILES_OF_A_PROCESS
  const wanted = quick ? WANTED_CONNECTIONS / 10 : WANTED_CONNECTIONS
  // Fifths are whole.
  return Math.min(wanted, Math.floor(limit / 5) * 5)
}

/** Opens connections in a process of its own, each of which has had an answer; gives how to close them. */
async function openConnections(port, count) {
  const command = pinned(LOAD_CORE, [process.execPath, CLIENT, String(port), String(count)])
  const client = spawn('bash', ['-c', 'ulimit -n "$(ulimit -Hn)"; exec "$@"', 'bash', ...command], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const gone = once(client, 'exit')
  const opened = once(client, 'message')
  const isOpen = await Promise.race([opened.then(() => true), gone.then(() => false)])
  if (!isOpen) throw new Error(`the ${count} connections could not be opened`)
  return {
    async close() {
      client.disconnect()
      await gone
    },
  }
}
