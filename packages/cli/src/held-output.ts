import { openSync, writeSync } from 'node:fs'
import { resolve } from 'node:path'
import { EXIT } from './command.js'
import { UsageError } from './usage-error.js'

/** Characters of what was printed last that are shown when the process ends before the command does. */
const SHOWN = 2000
const STDERR = 2

type Write = typeof process.stdout.write

/**
 * Keeps what the application prints off the terminal, as long as it is held. All that goes through `process.stdout` and `process.stderr`
 * is: `console`, and the loggers that write there. What opens the descriptors by itself is not.
 */
export class HeldOutput {
  readonly #file: string | null
  readonly #descriptor: number | null
  readonly #own = { stdout: process.stdout.write, stderr: process.stderr.write }
  #lines = 0
  #last = ''

  private constructor(file: string | null) {
    this.#file = file === null ? null : resolve(file)
    this.#descriptor = this.#file === null ? null : opened(this.#file)
    process.stdout.write = this.#taking()
    process.stderr.write = this.#taking()
    process.on('exit', this.#tellEnd)
  }

  /**
   * @param file where it goes; null: nowhere
   * @throws UsageError for a file that can't be written.
   */
  static hold(file: string | null): HeldOutput {
    return new HeldOutput(file)
  }

  /** Ends it. */
  release(): void {
    process.stdout.write = this.#own.stdout
    process.stderr.write = this.#own.stderr
    process.off('exit', this.#tellEnd)
  }

  /** What became of it, for a person; null where nothing was printed. */
  get summary(): string | null {
    if (this.#lines === 0) return null
    const lines = `${this.#lines} ${this.#lines === 1 ? 'line' : 'lines'}`
    return this.#file === null
      ? `the application printed ${lines}, which are not shown: --log <file> keeps them, --log - shows them`
      : `the application printed ${lines}, which are in ${this.#file}`
  }

  #taking(): Write {
    return ((chunk: string | Uint8Array, encoding?: unknown, done?: unknown): boolean => {
      const isNamed = typeof encoding === 'string'
      this.#take(
        typeof chunk === 'string'
          ? Buffer.from(chunk, isNamed ? (encoding as BufferEncoding) : 'utf8')
          : chunk,
      )
      const callback = typeof encoding === 'function' ? encoding : done
      if (typeof callback === 'function') process.nextTick(callback)
      return true
    }) as Write
  }

  #take(bytes: Uint8Array): void {
    for (const byte of bytes) if (byte === 0x0a) this.#lines++
    if (this.#descriptor !== null) writeSync(this.#descriptor, bytes)
    this.#last = (this.#last + Buffer.from(bytes).toString('utf8')).slice(-SHOWN)
  }

  /** An application that ends the process takes the result with it: that is told, and is no success. */
  readonly #tellEnd = (): void => {
    const last = this.#last === '' ? '' : `; it printed last:\n${this.#last}`
    writeSync(STDERR, `nozomi: the application ended the process before the command was through${last}\n`)
    process.exitCode = EXIT.usage
  }
}

function opened(file: string): number {
  try {
    return openSync(file, 'w')
  } catch (error) {
    throw new UsageError(`--log: ${file} can't be written: ${(error as Error).message}`, { cause: error })
  }
}
