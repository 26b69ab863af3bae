import { isForbiddenTrailer } from '../../../messages/trailer-fields.js'
import { FieldSection } from './field-section.js'
import { latin1 } from './latin1.js'
import { REFUSED, type Refusal, REFUSALS } from './refusal.js'

/*
 * The fields behind a chunked body (RFC 9112 §7.1.2).
 */

export class TrailerSection extends FieldSection {
  /** Names and values in turn, as they came. */
  trailers: string[] = []

  /** Takes bytes from `offset`. Gives the offset behind the section, NEEDS_MORE or REFUSED. */
  parse(chunk: Buffer, offset: number): number {
    if (this.refusal !== null) return REFUSED
    const before = this.keptLength
    if (before === 0) return this.#read(chunk, offset, offset)
    const end = this.#read(this.continued(chunk, offset), 0, this.keptLineAt)
    return end < 0 ? end : end - before + offset
  }

  #read(bytes: Buffer, sectionAt: number, lineAt: number): number {
    const end = this.readLines(bytes, sectionAt, lineAt)
    if (end < 0) return end
    const trailers = this.cutFields(latin1(bytes, sectionAt, end))
    if (trailers === null) return REFUSED
    this.trailers = trailers
    this.forget()
    return end
  }

  protected override noteField(name: string): Refusal | null {
    return isForbiddenTrailer(name) ? REFUSALS.trailerForbidden : null
  }
}
