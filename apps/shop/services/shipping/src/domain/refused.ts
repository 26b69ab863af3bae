import type { FieldError, RefusalCode } from '../../contract/vocabulary.js'

/** A request that can not be done as it is. The transports decide how to say it. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly code: RefusalCode
  readonly fields: readonly FieldError[]

  constructor(code: RefusalCode, message: string, fields: readonly FieldError[] = []) {
    super(message)
    this.code = code
    this.fields = fields
  }
}

export function invalidInput(fields: readonly FieldError[]): Refused {
  const message = fields
    .map(({ field, problem, expected }) => `${field} ${problem}; expected ${expected}`)
    .join('. ')
  return new Refused('invalid-input', `${message}.`, fields)
}
