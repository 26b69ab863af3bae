import type { Log } from '../log/log.js'
import type { StateChoice } from './configuration.js'
import { MemoryState } from './memory-state.js'
import type { RedisState } from './redis-state.js'

/** One of the two; who needs Redis itself (a store that a library brings) asks `'client' in state`. */
export type AnyState = MemoryState | RedisState

export async function openState(choice: StateChoice, log: Log): Promise<AnyState> {
  if (choice.kind === 'memory') return new MemoryState()
  const { RedisState } = await import('./redis-state.js')
  return RedisState.open({ url: choice.url, prefix: choice.prefix, log })
}
