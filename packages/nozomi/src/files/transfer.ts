import { Buffer } from 'node:buffer'
import { read } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createError } from '../errors/catalogue.js'
import { isOver, onClosed } from '../messages/connection-loss.js'
import type { FileMemory } from './file-memory.js'
import { endWith } from './last-chunk.js'
import { closeFile, type OpenFile } from './open-file.js'

/*
 * The bytes of a file on their way to the client.
 *
 * One chunk is read, written and, when the client is slow, waited for, before the next is read. What fits one chunk
 * leaves with the head in a single `end()`. Nothing is written before the first chunk is there, so a file that can't be
 * read still gets a clean error page.
 *
 * Invariant: the file is closed exactly once, on every way out, and never while a read is under way. No more is read
 * than was promised; when the file has less, the connection is cut, because the client would wait for the rest.
 *
 * Runs for each file sent: one buffer and one bound function a transfer, no streams. Written by `res.write()` and
 * `res.end()` only, which middleware replaces (compression).
 */

/** As much as node's own streams of files take at a time. */
const CHUNK_BYTES = 64 * 1024

/** What becomes of a transfer: one call. */
export interface Receiver {
  /** All is handed over to the response, which has been ended. */
  onSent(): void
  /** @param isStarted whether the head has left, so that nothing else can be answered */
  onReadFailure(error: Error, isStarted: boolean): void
  /** The response was closed or ended before all was written. */
  onInterrupted(): void
}

export class Transfer {
  readonly #req: IncomingMessage
  readonly #res: ServerResponse
  readonly #file: OpenFile
  readonly #receiver: Receiver
  readonly #memory: FileMemory | null
  readonly #onRead: (error: Error | null, bytesRead: number) => void
  #position: number
  /** Bytes that have not been read yet. */
  #left: number
  #chunk: Buffer
  /** How much of the chunk has been read. */
  #filled = 0
  #isReading = false
  #isWaiting = false
  #listensForDrain = false
  #isStarted = false
  #isDone = false
  #stopWatching: (() => void) | null = null

  /** Takes the file over, and sends `length` bytes of it from `start`. All of a small file is handed to `memory`. */
  constructor(
    req: IncomingMessage,
    res: ServerResponse,
    file: OpenFile,
    start: number,
    length: number,
    receiver: Receiver,
    memory: FileMemory | null,
  ) {
    this.#req = req
    this.#res = res
    this.#file = file
    this.#receiver = receiver
    const isWhole = length === file.stat.size
    this.#memory = memory !== null && isWhole && memory.takes(file) ? memory : null
    this.#onRead = this.#take.bind(this)
    this.#position = start
    this.#left = length
    this.#chunk = Buffer.allocUnsafe(0)
  }

  start(): void {
    if (this.#left === 0) {
      this.#finish(undefined)
      return
    }
    if (this.#left > CHUNK_BYTES) this.#watch()
    this.#readChunk()
  }

  /** Perf: apart, because a function that may make a closure makes room for it in every call. */
  #watch(): void {
    this.#stopWatching = onClosed(this.#req, this.#res, () => this.#interrupt())
  }

  #readChunk(): void {
    this.#chunk = Buffer.allocUnsafe(Math.min(this.#left, CHUNK_BYTES))
    this.#filled = 0
    this.#read()
  }

  #read(): void {
    this.#isReading = true
    const length = this.#chunk.length - this.#filled
    read(this.#file.fd, this.#chunk, this.#filled, length, this.#position, this.#onRead)
  }

  #take(error: Error | null, bytesRead: number): void {
    this.#isReading = false
    if (this.#isDone) closeFile(this.#file)
    else if (isOver(this.#req, this.#res)) this.#interrupt()
    else if (error) this.#fail(error)
    else if (bytesRead === 0) this.#fail(createError('NOZOMI_FILE_SHRUNK', [this.#file.path]))
    else {
      this.#position += bytesRead
      this.#left -= bytesRead
      this.#filled += bytesRead
      if (this.#filled < this.#chunk.length) this.#read()
      else this.#write()
    }
  }

  #write(): void {
    if (this.#left === 0) {
      this.#finish(this.#chunk)
      return
    }
    this.#isStarted = true
    // The chunk is the response's from here on; the next one gets a buffer of its own.
    if (this.#res.write(this.#chunk)) this.#readChunk()
    else this.#waitForDrain()
  }

  /** One listener for all waits: compression passes listeners on to its own stream, where none can be removed. */
  #waitForDrain(): void {
    this.#isWaiting = true
    if (!this.#listensForDrain) this.#listenForDrain()
  }

  #listenForDrain(): void {
    this.#listensForDrain = true
    this.#res.on('drain', () => this.#resume())
  }

  #resume(): void {
    if (this.#isDone || !this.#isWaiting) return
    this.#isWaiting = false
    if (isOver(this.#req, this.#res)) this.#interrupt()
    else this.#readChunk()
  }

  #finish(chunk: Buffer | undefined): void {
    if (chunk !== undefined) this.#memory?.keep(this.#file, chunk)
    this.#release()
    if (chunk === undefined) this.#res.end()
    else endWith(this.#res, chunk)
    this.#receiver.onSent()
  }

  #fail(error: Error): void {
    this.#release()
    this.#receiver.onReadFailure(error, this.#isStarted)
  }

  #interrupt(): void {
    if (this.#isDone) return
    this.#release()
    this.#receiver.onInterrupted()
  }

  #release(): void {
    this.#isDone = true
    this.#stopWatching?.()
    if (!this.#isReading) closeFile(this.#file)
  }
}
