import type { Changes, State } from '../../src/inspector/wire.js'
import { addressOf, get } from './api.js'
import type { Store } from './store.js'

/**
 * Follows the server. After each `hello`, the first one and those after a lost connection, everything is asked for anew;
 * what changes meanwhile waits until that has come. It may be older than the state, but what is newest comes last.
 */
export function follow(store: Store): void {
  const events = new EventSource(addressOf('events'))
  let early: Changes[] | null = []
  events.addEventListener('hello', () => {
    early = []
    get<State>('state').then(
      (state) => {
        store.replace(state)
        for (const changes of early ?? []) store.apply(changes)
        early = null
        store.setConnected(true)
      },
      () => store.setConnected(false),
    )
  })
  events.addEventListener('message', ({ data }: MessageEvent<string>) => {
    const changes = JSON.parse(data) as Changes
    if (early === null) store.apply(changes)
    else early.push(changes)
  })
  events.addEventListener('error', () => {
    store.setConnected(false)
    // The browser comes again by itself, but not after an answer such as 401 or 503.
    if (events.readyState !== EventSource.CLOSED) return
    setTimeout(() => follow(store), 3000)
  })
}
