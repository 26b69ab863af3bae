/** The bytes of a body as they pass, up to a limit; past it, only that there were more. */
export class SeenBytes {
  readonly #limit: number
  #chunks: Buffer[] = []
  #count = 0

  constructor(limit: number) {
    this.#limit = limit
  }

  /** Takes what `write()`, `end()` or `push()` are given. Chunks are copied, as their owner may use them again. */
  add(chunk: unknown, encoding: unknown): void {
    if (typeof chunk !== 'string' && !(chunk instanceof Uint8Array)) return
    this.#count += chunk.length
    if (!this.isWhole) this.#chunks = []
    else if (typeof chunk !== 'string') this.#chunks.push(Buffer.from(chunk))
    else this.#chunks.push(Buffer.from(chunk, isEncoding(encoding) ? encoding : 'utf8'))
  }

  get count(): number {
    return this.#count
  }

  get isWhole(): boolean {
    return this.#count <= this.#limit
  }

  get bytes(): Buffer {
    return this.#chunks.length === 1 ? (this.#chunks[0] as Buffer) : Buffer.concat(this.#chunks)
  }
}

function isEncoding(encoding: unknown): encoding is BufferEncoding {
  return typeof encoding === 'string' && Buffer.isEncoding(encoding)
}
