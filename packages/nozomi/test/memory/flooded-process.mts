import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { BOUND_BYTES, flood, KIND_NAMES, type Kind } from './flood.mjs'
import { createFloodedApp } from './flooded-app.mjs'

/*
 * Run with --expose-gc. Prints, for each kind of request, how many bytes of heap one request more takes for good.
 */

/** How many are measured, of each kind. As many come before them: what is kept within a bound is full by then. */
const COUNT = 500

async function heapInUse(): Promise<number> {
  const collect = globalThis.gc
  if (!collect) throw new Error('node was started without --expose-gc')
  // In between, what the last requests left to later turns (timers, sockets that close) is let go.
  for (let i = 0; i < 3; i++) {
    await setTimeout(5)
    collect()
  }
  return process.memoryUsage().heapUsed
}

const server = createFloodedApp().listen(0, '127.0.0.1')
await once(server, 'listening')
const { port } = server.address() as AddressInfo
let sent = COUNT

/** The least of up to three measurements: what the process itself does is not repeated, what keeps requests is. */
async function bytesLeftBy(kind: Kind): Promise<number> {
  let least = Number.POSITIVE_INFINITY
  for (let round = 0; round < 3 && least >= BOUND_BYTES; round++) {
    const before = await heapInUse()
    await flood(port, kind, sent, COUNT)
    sent += COUNT
    least = Math.min(least, Math.round(((await heapInUse()) - before) / COUNT))
  }
  return least
}

for (const kind of KIND_NAMES) await flood(port, kind, 0, COUNT)
// Whatever the start left is let go during the first measurement, which then does not count.
await bytesLeftBy(KIND_NAMES[0] as Kind)
const bytes: Partial<Record<Kind, number>> = {}
for (const kind of KIND_NAMES) bytes[kind] = await bytesLeftBy(kind)
console.log(JSON.stringify(bytes))
process.exit()
