import { COLON, CR, FIELD_VALUE, HTAB, LF, SP, TOKEN } from './characters.js'
import { FieldMarks } from './field-marks.js'
import { KeptBytes } from './kept-bytes.js'
import type { HeadLimits } from './limits.js'
import { NEEDS_MORE, REFUSED, type Refusal, REFUSALS } from './refusal.js'

/*
 * Field lines up to an empty line (RFC 9112 §5): the end of a head, or the trailer section behind a chunked body.
 *
 * Two steps. The bytes are read from left to right, and the first one that breaks a rule decides; so the verdict can't
 * depend on how the section was cut into packets. Of a section that comes in pieces the bytes are kept, with the marks of
 * its complete lines; the line that was cut is read again from its start. (16 KiB that come byte by byte cost 6 to 13 µs a
 * packet, about what the packet itself does.) When the section is complete it becomes one string; names and values are
 * cut out of that, and what they say is judged.
 *
 * Perf: least of CPU time, on Node 24, for heads of 40, 242 and 905 bytes (2, 10 and 18 lines), in µs; the same order on
 * 20 and 26 (`bench/micro/turbo-head.mjs`). One string and slices of it: 0.2, 0.5, 1.3 (with all that the parser judges:
 * 0.3, 0.9, 1.8). A string from bytes for each part: 0.4, 1.7, 3.5. `indexOf` in one string: 0.5, 1.6, 3.8. One regular
 * expression a line: 0.4, 1.2, 2.5. Common names looked up instead of cut out: 0.2, 0.7, 1.7.
 */

/** Perf: reading is synchronous, so all connections share one. Nothing in it is looked at in a later call. */
const marks = new FieldMarks()

export abstract class FieldSection {
  refusal: Refusal | null = null
  protected readonly limits: HeadLimits
  /**
   * What counts for `maxHeaderSize`: the target, names, and values with the blanks behind them, as node counts. Blanks
   * before a value count too, but for the first one: nothing else would bound them.
   */
  protected counted = 0
  /** Of a message, or section, that comes in pieces; else null. */
  #kept: KeptBytes | null = null
  /** Where in them the line starts that was cut. */
  protected keptLineAt = 0
  #keptMarks: Int32Array | null = null

  constructor(limits: HeadLimits) {
    this.limits = limits
  }

  /**
   * Judges a field by what it says.
   *
   * @param text the section, in which the value ends at `valueEnd`
   */
  protected abstract noteField(name: string, value: string, text: string, valueEnd: number): Refusal | null

  /** Reads lines from `from` on. Gives the offset behind the empty line, NEEDS_MORE or REFUSED. */
  protected readLines(bytes: Buffer, messageAt: number, from: number): number {
    marks.restore(this.#keptMarks)
    const limit = bytes.length
    let lineAt = from
    for (;;) {
      let at = lineAt
      while (at < limit && TOKEN[bytes[at] as number] === 1) at++
      const nameEnd = at
      if (at === limit) return this.#keepWithin(bytes, messageAt, lineAt, at - lineAt)
      if (bytes[at] !== COLON || at === lineAt) return this.#endOrRefuse(bytes, messageAt, lineAt, at)
      at++
      while (at < limit && (bytes[at] === SP || bytes[at] === HTAB)) at++
      const valueAt = at
      while (at < limit && FIELD_VALUE[bytes[at] as number] === 1) at++
      const size = nameEnd - lineAt + at - valueAt + Math.max(0, valueAt - nameEnd - 2)
      if (at + 1 >= limit && (at === limit || bytes[at] === CR)) {
        return this.#keepWithin(bytes, messageAt, lineAt, size)
      }
      if (bytes[at] !== CR || bytes[at + 1] !== LF)
        return this.#refuseLine(endsWrong(bytes[at] as number), size)
      let valueEnd = at
      while (valueEnd > valueAt && (bytes[valueEnd - 1] === SP || bytes[valueEnd - 1] === HTAB)) valueEnd--

      this.counted += size
      const count = marks.add(
        lineAt - messageAt,
        nameEnd - messageAt,
        valueAt - messageAt,
        valueEnd - messageAt,
      )
      const { maxHeaderSize, maxHeadersCount } = this.limits
      if (this.counted >= maxHeaderSize) return this.refuse(REFUSALS.tooLarge, 0)
      if (count > maxHeadersCount && maxHeadersCount > 0) return this.refuse(REFUSALS.tooLarge, 0)
      lineAt = at + 2
    }
  }

  /** Names and values in turn, of the section that was just read; null when one of them is refused. */
  protected cutFields(text: string): string[] | null {
    const fields: string[] = []
    const { offsets } = marks
    const end = marks.count * 4
    for (let at = 0; at < end; at += 4) {
      const name = text.slice(offsets[at], offsets[at + 1])
      const valueEnd = offsets[at + 3] as number
      const value = text.slice(offsets[at + 2], valueEnd)
      const refusal = this.noteField(name, value, text, valueEnd)
      if (refusal !== null) {
        this.refuse(refusal, 0)
        return null
      }
      fields.push(name, value)
    }
    return fields
  }

  /** A line that starts with no name: the empty one at the end, or one that is malformed. */
  #endOrRefuse(bytes: Buffer, messageAt: number, lineAt: number, at: number): number {
    const byte = bytes[at] as number
    if (at > lineAt) return this.#refuseLine(REFUSALS.fieldName, at - lineAt)
    if (byte === CR) {
      if (at + 1 === bytes.length) return this.#keepWithin(bytes, messageAt, lineAt, 0)
      return bytes[at + 1] === LF ? at + 2 : this.refuse(REFUSALS.bareCarriageReturn, 0)
    }
    if (byte === LF) return this.refuse(REFUSALS.bareLineFeed, 0)
    // RFC 9112 §5.2: a line that starts with a blank continues the one before, for those who still read it so.
    return this.refuse(byte === SP || byte === HTAB ? REFUSALS.folding : REFUSALS.fieldName, 0)
  }

  /** A line that is malformed, and one too many, is one too many, wherever it was cut. */
  #refuseLine(refusal: Refusal, size: number): number {
    return this.refuse(this.#isOneTooMany(size) ? REFUSALS.tooLarge : refusal, size)
  }

  #isOneTooMany(size: number): boolean {
    const { maxHeadersCount } = this.limits
    return size > 0 && marks.count === maxHeadersCount && maxHeadersCount > 0
  }

  #keepWithin(bytes: Buffer, messageAt: number, lineAt: number, size: number): number {
    if (this.counted + size >= this.limits.maxHeaderSize) return this.refuse(REFUSALS.tooLarge, 0)
    if (this.#isOneTooMany(size)) return this.refuse(REFUSALS.tooLarge, 0)
    this.#keptMarks = marks.save()
    return this.keep(bytes, messageAt, lineAt)
  }

  /** How many bytes are kept. */
  protected get keptLength(): number {
    return this.#kept === null ? 0 : this.#kept.length
  }

  /** What was kept, with what has come. */
  protected continued(chunk: Buffer, offset: number): Buffer {
    return (this.#kept as KeptBytes).append(chunk, offset)
  }

  /** Keeps what is behind `messageAt`; the line at `lineAt` was cut. */
  protected keep(bytes: Buffer, messageAt: number, lineAt: number): number {
    this.#kept ??= new KeptBytes()
    if (this.#kept.length === 0) this.#kept.set(bytes, messageAt)
    else this.#kept.drop(messageAt)
    this.keptLineAt = lineAt - messageAt
    return NEEDS_MORE
  }

  protected forget(): void {
    if (this.#kept === null) return
    this.#kept = null
    this.keptLineAt = 0
    this.#keptMarks = null
  }

  /** What is both too large and malformed is too large, wherever it was cut. */
  protected refuse(refusal: Refusal, size: number): number {
    this.refusal = this.counted + size >= this.limits.maxHeaderSize ? REFUSALS.tooLarge : refusal
    this.forget()
    return REFUSED
  }
}

/** Why a value can't end, or go on, with this byte. */
function endsWrong(byte: number): Refusal {
  if (byte === CR) return REFUSALS.bareCarriageReturn
  return byte === LF ? REFUSALS.bareLineFeed : REFUSALS.fieldValue
}
