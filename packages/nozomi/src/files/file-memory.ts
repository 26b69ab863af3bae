import { Buffer } from 'node:buffer'
import { type Stats, stat as statPath, statSync } from 'node:fs'
import { describeFile, type FileDescription } from './file-description.js'
import { type Disk, Disks } from './local-disk.js'
import { type FoundFile, isSameVersion } from './open-file.js'

/*
 * Small files, kept in memory by one `static()`.
 *
 * Before a kept file is sent, the file system is asked for the state of that path: one question in place of opening,
 * looking, reading and closing, which go through the thread pool one after the other. Whatever has changed (content,
 * rights, another file under the name, nothing any more) has changed the state, and the file is read anew.
 *
 * Invariant: two states are equal only if the contents are. The time of the last change of a file (`ctime`) can't be
 * set by anybody, but it counts in ticks: two changes in one tick look alike. So a file is kept only when the tick of
 * its last change was over before it was read. What escapes is a program that maps a file into its memory, and
 * writes there: the system may note the time of its first write only.
 *
 * Security: only what was read from the disk is kept, under the path of the file, and in bounds: clients can't make it
 * grow with names, spellings or queries.
 */

/** What is longer is read for each request: there the bytes cost more than the calls. */
const LONGEST_BYTES = 64 * 1024

/** More than the longest tick of a file system in use (FAT: 2 s). */
const SETTLED_MS = 2500

/** What an entry takes beside content and path, as V8 stores it. */
const ENTRY_BYTES = 1024

/** A missing file is no exception here: one is expensive. */
const STAT_OPTIONS = { throwIfNoEntry: false } as const

export class KeptFile {
  readonly path: string
  readonly stat: Stats
  readonly content: Buffer
  readonly description: FileDescription
  readonly disk: Disk
  /** Sent since it was last considered for leaving. */
  wasUsed = false

  constructor(path: string, stat: Stats, content: Buffer, disk: Disk) {
    this.path = path
    this.stat = stat
    this.content = content
    this.description = describeFile(path, stat)
    this.disk = disk
  }

  get weight(): number {
    return this.content.length + 2 * this.path.length + ENTRY_BYTES
  }
}

export class FileMemory {
  readonly #files = new Map<string, KeptFile>()
  readonly #disks: Disks
  readonly #mostBytes: number
  #bytes = 0

  /** @param mostBytes what all files may take together, with their names and the rest */
  constructor(root: string, mostBytes: number) {
    this.#disks = new Disks(root)
    this.#mostBytes = mostBytes
  }

  /** What is kept of that path, current or not. */
  get(path: string): KeptFile | undefined {
    return this.#files.get(path)
  }

  /** Whether the file may be kept: to be asked before it is read. */
  takes({ stat: { size, ctimeMs, mtimeMs } }: FoundFile): boolean {
    return size <= LONGEST_BYTES && Date.now() - Math.max(ctimeMs, mtimeMs) >= SETTLED_MS
  }

  /** Keeps all that was read of a file, a copy of it. A change after the look at its state shows at the next request. */
  keep({ path, stat }: FoundFile, content: Buffer): void {
    // A small Buffer may be a part of a bigger one, which it would keep alive.
    const copy = Buffer.allocUnsafeSlow(content.length)
    copy.set(content)
    const kept = new KeptFile(path, stat, copy, this.#disks.diskOf(stat.dev, path))
    if (kept.weight > this.#mostBytes) return
    this.#remove(path)
    this.#files.set(path, kept)
    this.#bytes += kept.weight
    this.#makeRoom()
  }

  /** The file as it is now, if that is what is kept; null otherwise. Waits for the disk: for local ones only. */
  recallNow(kept: KeptFile): FoundFile | null {
    let stat: Stats | undefined
    try {
      stat = statSync(kept.path, STAT_OPTIONS)
    } catch {
      // A part of the way is closed, or no folder any more: looking for the file tells.
    }
    return this.#compare(kept, stat)
  }

  /** As `recallNow()`, without waiting. */
  recall(kept: KeptFile, recalled: (file: FoundFile | null) => void): void {
    if (kept.disk.isLocal) recalled(this.recallNow(kept))
    else statPath(kept.path, (_, stat) => recalled(this.#compare(kept, stat)))
  }

  #compare(kept: KeptFile, stat: Stats | undefined): FoundFile | null {
    if (stat !== undefined && isSameVersion(kept.stat, stat)) {
      kept.wasUsed = true
      return { path: kept.path, stat, fd: null, kept, coding: null }
    }
    if (this.#files.get(kept.path) === kept) this.#remove(kept.path)
    return null
  }

  #remove(path: string): void {
    const kept = this.#files.get(path)
    if (!kept) return
    this.#files.delete(path)
    this.#bytes -= kept.weight
  }

  /** The oldest leave, unless they were used meanwhile: those get a second chance. */
  #makeRoom(): void {
    for (const [path, kept] of this.#files) {
      if (this.#bytes <= this.#mostBytes) return
      if (kept.wasUsed) {
        kept.wasUsed = false
        this.#files.delete(path)
        this.#files.set(path, kept)
      } else this.#remove(path)
    }
  }
}
