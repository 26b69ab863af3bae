import type { Clock } from '../../../platform/clock/clock.js'
import type { Log } from '../../../platform/log/log.js'
import type { ImageFiles } from '../domain/image-files.js'
import type { ImageRepository } from '../domain/repositories.js'

/** What is younger may belong to an upload that is under way, or to a page that somebody is looking at. */
export const GRACE_MS = 3_600_000
const INTERVAL_MS = 900_000
const BATCH_SIZE = 200

export interface CleanUpDependencies {
  readonly images: ImageRepository
  readonly imageFiles: ImageFiles
  readonly clock: Clock
  readonly log: Log
}

/**
 * Removes files that no image has: of images that were removed or replaced, of products that are gone, of uploads that
 * broke off between the file and its row. Only files that this database has announced are touched, so that two shops
 * in one folder do one another no harm.
 */
export class ImageCleanUp {
  readonly name = 'image clean-up'
  readonly #with: CleanUpDependencies
  #timer: NodeJS.Timeout | null = null
  #running: Promise<unknown> = Promise.resolve()

  constructor(dependencies: CleanUpDependencies) {
    this.#with = dependencies
  }

  async start(): Promise<void> {
    this.#timer = setInterval(() => {
      this.#running = this.run().catch((error: unknown) =>
        this.#with.log.error('the clean-up of images failed; it is tried again later', error),
      )
    }, INTERVAL_MS)
    this.#timer.unref()
  }

  async stop(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer)
    await this.#running
  }

  /** Gives the number of files that it removed. */
  async run(): Promise<number> {
    const { images, imageFiles, clock, log } = this.#with
    const before = new Date(clock.now().getTime() - GRACE_MS)
    let removed = await imageFiles.discardAbandoned(before)
    for (let found = await images.leftOver(before, BATCH_SIZE); found.length > 0; ) {
      for (const file of found) {
        // First the row, on the condition that nobody uses it; a file that stays behind is better than one that is missed.
        if (!(await images.forget(file))) continue
        await imageFiles.remove(file)
        removed++
      }
      found = found.length < BATCH_SIZE ? [] : await images.leftOver(before, BATCH_SIZE)
    }
    if (removed > 0) log.info(`${removed} files were removed that no image has`)
    return removed
  }
}
