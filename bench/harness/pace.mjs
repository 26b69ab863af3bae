import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { pinned, SERVER_CORE } from './pinning.mjs'
import { isSlower } from './statistics.mjs'

/*
 * A core of a rented machine is often one of two threads of a real one, and while a stranger has the other, every instruction takes up to 1.6
 * times as long. The kernel here knows nothing of it: it counts that time as ours. So the core is asked how fast it is before and
 * after each second that counts, and a second in which it was slowed is counted again.
 */

const KEEPER = fileURLToPath(new URL('pace-keeper.mjs', import.meta.url))

const ASKING_AGAIN_MS = 500

/** How fast the core of the servers is: in milliseconds of CPU for a fixed piece of work. */
export class Pace {
  #child
  #least = Infinity

  static async start() {
    const pace = new Pace()
    const [command, ...args] = pinned(SERVER_CORE, [process.execPath, KEEPER])
    pace.#child = spawn(command, args, {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: { ...process.env, NODE_OPTIONS: '' },
    })
    await once(pace.#child, 'message')
    return pace
  }

  /** Nothing else may run on the core meanwhile. */
  async measure() {
    this.#child.send('measure')
    const [milliseconds] = await once(this.#child, 'message')
    this.#least = Math.min(this.#least, milliseconds)
    return milliseconds
  }

  isSlowed(milliseconds) {
    return isSlower(milliseconds, this.#least)
  }

  /** Waits until the core is as fast as it was seen to be, and no longer than so many milliseconds; gives its pace then. */
  async settle(mostMs) {
    const end = performance.now() + mostMs
    for (;;) {
      const milliseconds = await this.measure()
      if (!this.isSlowed(milliseconds) || performance.now() + ASKING_AGAIN_MS > end) return milliseconds
      await new Promise((resolve) => setTimeout(resolve, ASKING_AGAIN_MS))
    }
  }

  async stop() {
    const gone = once(this.#child, 'exit')
    this.#child.disconnect()
    await gone
  }
}
