import type { Shipment } from '../domain/shipment.js'
import { Unavailable } from '../use-cases/call.js'
import type { Journal } from '../use-cases/journal.js'
import { formatShipment } from './stored-shipment.js'

/** The few members of a file handle that are used. */
export interface JournalFile {
  appendFile(text: string): Promise<void>
  datasync(): Promise<void>
  close(): Promise<void>
}

interface Waiting {
  readonly line: string
  readonly resolve: () => void
  readonly reject: (error: Error) => void
}

/** Lines that come while others are being written are written together, with one wait for the disk. */
export class FileJournal implements Journal {
  readonly #file: JournalFile
  readonly #release: () => Promise<void>
  #waiting: Waiting[] = []
  #writing: Promise<void> | null = null
  /** After a failure the file may end in the middle of a line. */
  #isCut = false
  #isClosed = false

  constructor(file: JournalFile, release: () => Promise<void>) {
    this.#file = file
    this.#release = release
  }

  append(shipment: Shipment): Promise<void> {
    return this.#write(`${formatShipment(shipment)}\n`)
  }

  /** Writes an empty line when the last write failed: whether it works again is learned by doing it. */
  check(): Promise<void> {
    if (this.#isClosed) return Promise.reject(new Unavailable('The journal is closed.'))
    return this.#isCut ? this.#write('\n') : Promise.resolve()
  }

  async close(): Promise<void> {
    this.#isClosed = true
    await this.#writing
    await this.#file.close()
    await this.#release()
  }

  #write(line: string): Promise<void> {
    if (this.#isClosed) return Promise.reject(new Unavailable('The service stops.'))
    return new Promise((resolve, reject) => {
      this.#waiting.push({ line, resolve, reject })
      this.#writing ??= this.#writeWaiting()
    })
  }

  async #writeWaiting(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting
      this.#waiting = []
      try {
        const text = batch.map(({ line }) => line).join('')
        await this.#file.appendFile(this.#isCut ? `\n${text}` : text)
        await this.#file.datasync()
        this.#isCut = false
        for (const { resolve } of batch) resolve()
      } catch (cause) {
        this.#isCut = true
        const error = new Unavailable('Shipments can not be kept at the moment.', { cause })
        for (const { reject } of batch) reject(error)
      }
    }
    // Invariant: nothing is awaited between the last look at what waits and this.
    this.#writing = null
  }
}
