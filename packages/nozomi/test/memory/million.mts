import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { flood, type Kind } from './flood.mjs'
import { createFloodedApp } from './flooded-app.mjs'

/*
 * A million requests with nothing in common, by one process (or as many as are asked for):
 *
 *     node --expose-gc packages/nozomi/build/test/memory/million.mjs [count]
 *
 * Prints the heap in use as it goes, and fails when the end has more than a megabyte on the first tenth: what is kept
 * of each request, be it 20 bytes, would show. It takes some minutes, and is no part of `npm test`; flat-heap.test.mts
 * asks the same of fewer requests, of every kind.
 */

const KINDS: readonly Kind[] = [
  'paths that nobody answers',
  'paths of a static folder',
  'parameters',
  'percent-encoded parameters',
  'parameters below a mounted application',
  'queries, read by the extended parser',
  'hosts',
  'entity tags',
]
const MOST_GROWTH = 2 ** 20
const PARTS = 10

const count = Number(process.argv[2] ?? 1_000_000)
const server = createFloodedApp().listen(0, '127.0.0.1')
await once(server, 'listening')
const { port } = server.address() as AddressInfo
const each = Math.ceil(count / PARTS / KINDS.length / 40) * 40
const heaps: number[] = []
for (let part = 0; part < PARTS; part++) {
  for (const kind of KINDS) await flood(port, kind, part * each, each)
  globalThis.gc?.()
  heaps.push(process.memoryUsage().heapUsed)
  const { rss } = process.memoryUsage()
  const sent = (part + 1) * each * KINDS.length
  console.log(`${sent} requests: heap ${megabytes(heaps[part] as number)} MB, resident ${megabytes(rss)} MB`)
}
const growth = (heaps.at(-1) as number) - (heaps[0] as number)
console.log(`from the first tenth to the end: ${growth} bytes`)
process.exit(growth > MOST_GROWTH ? 1 : 0)

function megabytes(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(1)
}
