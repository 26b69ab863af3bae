import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ImageFiles, ReceivedFile } from '../domain/image-files.js'

/**
 * Images in a folder of this machine, or in one that several instances share. What comes in is in `incoming` until it
 * is known what it is; what is kept is in `kept`, which is what is served.
 */
export class FolderImageFiles implements ImageFiles {
  /** What is served. */
  readonly keptFolder: string
  readonly #incomingFolder: string

  constructor(folder: string) {
    this.keptFolder = join(folder, 'kept')
    this.#incomingFolder = join(folder, 'incoming')
  }

  async receive(content: AsyncIterable<Uint8Array>): Promise<ReceivedFile> {
    await mkdir(this.#incomingFolder, { recursive: true })
    const ticket = join(this.#incomingFolder, randomUUID())
    const file = createWriteStream(ticket, { flags: 'wx', mode: 0o600 })
    try {
      await pipeline(Readable.from(content, { objectMode: false }), file)
    } catch (error) {
      await rm(ticket, { force: true })
      throw error
    }
    return { ticket, bytes: file.bytesWritten }
  }

  async head({ ticket }: ReceivedFile, bytes: number): Promise<Uint8Array> {
    const file = await open(ticket)
    try {
      const { buffer, bytesRead } = await file.read(new Uint8Array(bytes), 0, bytes, 0)
      return buffer.subarray(0, bytesRead)
    } finally {
      await file.close()
    }
  }

  async keep({ ticket }: ReceivedFile, name: string): Promise<void> {
    await mkdir(this.keptFolder, { recursive: true })
    await rename(ticket, join(this.keptFolder, name))
  }

  discard({ ticket }: ReceivedFile): Promise<void> {
    return rm(ticket, { force: true })
  }

  remove(name: string): Promise<void> {
    return rm(join(this.keptFolder, name), { force: true })
  }

  async discardAbandoned(before: Date): Promise<number> {
    let count = 0
    for (const name of await namesIn(this.#incomingFolder)) {
      const file = join(this.#incomingFolder, name)
      const changed = await stat(file).catch(() => null)
      if (changed === null || changed.mtime >= before) continue
      await rm(file, { force: true })
      count++
    }
    return count
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}
