/**
 * Subscribes to channels before a contestant starts: `node --import ./subscribed.mjs`, with their names in the environment
 * variable BENCH_SUBSCRIBE, with commas between.
 */
import { subscribe } from 'node:diagnostics_channel'

let heard = 0
for (const name of process.env.BENCH_SUBSCRIBE.split(',')) subscribe(name, () => heard++)
process.on('exit', () => {
  if (heard === 0) throw new Error('nothing was published')
})
