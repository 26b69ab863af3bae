import { COLON, CR, FIELD_VALUE, HTAB, LF, SP, TOKEN } from './characters.js'
import { latin1 } from './latin1.js'
import type { HeadLimits } from './limits.js'
import { NEEDS_MORE, REFUSED, type Refusal, REFUSALS } from './refusal.js'

/*
 * Field lines up to an empty line (RFC 9112 §5): the end of a head, or the trailer section behind a chunked body.
 *
 * The bytes are read from left to right, and the first one that breaks a rule decides. So the verdict can't depend on how
 * the section was cut into packets: of a piece that ends within a line, the line is kept, and read again from its start
 * when more has come.
 */

const NOTHING = Buffer.alloc(0)

export abstract class FieldSection {
  refusal: Refusal | null = null
  protected readonly limits: HeadLimits
  /** Names and values in turn, as they came. */
  protected fields: string[] = []
  /** What counts for `maxHeaderSize`: the target, names and values. */
  protected counted = 0
  /** The unfinished line of a section that came in pieces. */
  protected kept: Buffer = NOTHING

  constructor(limits: HeadLimits) {
    this.limits = limits
  }

  /** Judges one field, before it is taken. */
  protected abstract noteField(name: string, value: string): Refusal | null

  /** Gives the offset behind the empty line, NEEDS_MORE or REFUSED. */
  protected readFields(bytes: Buffer, from: number): number {
    const limit = bytes.length
    let lineAt = from
    for (;;) {
      let at = lineAt
      if (bytes[at] === CR) {
        if (at + 1 === limit) return this.keep(bytes, lineAt)
        return bytes[at + 1] === LF ? at + 2 : this.refuse(REFUSALS.bareCarriageReturn, 0)
      }
      while (at < limit && TOKEN[bytes[at] as number] === 1) at++
      const nameEnd = at
      const nameSize = at - lineAt
      if (at === limit) return this.#keepWithin(bytes, lineAt, nameSize)
      if (bytes[at] !== COLON || nameSize === 0) {
        return this.refuse(nameSize === 0 ? startsWrong(bytes[at]) : REFUSALS.fieldName, nameSize)
      }
      at++
      while (at < limit && isBlank(bytes[at])) at++
      const valueAt = at
      while (at < limit && FIELD_VALUE[bytes[at] as number] === 1) at++
      const size = at - lineAt - 1
      if (at === limit) return this.#keepWithin(bytes, lineAt, size)
      if (bytes[at] !== CR) {
        return this.refuse(bytes[at] === LF ? REFUSALS.bareLineFeed : REFUSALS.fieldValue, size)
      }
      if (at + 1 === limit) return this.#keepWithin(bytes, lineAt, size)
      if (bytes[at + 1] !== LF) return this.refuse(REFUSALS.bareCarriageReturn, size)

      let valueEnd = at
      while (valueEnd > valueAt && isBlank(bytes[valueEnd - 1])) valueEnd--
      const name = latin1(bytes, lineAt, nameEnd)
      const value = latin1(bytes, valueAt, valueEnd)
      const refusal = this.noteField(name, value) ?? this.#take(name, value, size)
      if (refusal !== null) return this.refuse(refusal, size)
      lineAt = at + 2
    }
  }

  #take(name: string, value: string, size: number): Refusal | null {
    const count = this.fields.push(name, value) / 2
    if (count > this.limits.maxHeadersCount && this.limits.maxHeadersCount > 0) return REFUSALS.tooMany
    if (this.counted + size >= this.limits.maxHeaderSize) return REFUSALS.tooLarge
    this.counted += size
    return null
  }

  #keepWithin(bytes: Buffer, lineAt: number, size: number): number {
    if (this.counted + size >= this.limits.maxHeaderSize) return this.refuse(REFUSALS.tooLarge, 0)
    return this.keep(bytes, lineAt)
  }

  /** Copies: the packet's buffer is not ours. */
  protected keep(bytes: Buffer, lineAt: number): number {
    this.kept = Buffer.from(bytes.subarray(lineAt))
    return NEEDS_MORE
  }

  /** What was kept, and what has come. */
  protected withKept(chunk: Buffer, offset: number): Buffer {
    return Buffer.concat([this.kept, chunk.subarray(offset)])
  }

  protected forget(): void {
    this.kept = NOTHING
  }

  /** A section that is both too large and malformed is too large, wherever it was cut. */
  protected refuse(refusal: Refusal, size: number): number {
    this.refusal = this.counted + size >= this.limits.maxHeaderSize ? REFUSALS.tooLarge : refusal
    this.forget()
    return REFUSED
  }
}

function isBlank(byte: number | undefined): boolean {
  return byte === SP || byte === HTAB
}

/** RFC 9112 §5.2: a line that starts with a blank continues the one before, for those who still read it so. */
function startsWrong(byte: number | undefined): Refusal {
  if (byte === LF) return REFUSALS.bareLineFeed
  return isBlank(byte) ? REFUSALS.folding : REFUSALS.fieldName
}
