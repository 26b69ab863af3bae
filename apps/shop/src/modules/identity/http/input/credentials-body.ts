import { z } from 'zod'
import { expecting, refusal } from '../../../../http/input/expectation.js'
import { line } from '../../../../http/input/text.js'
import { EMAIL_LENGTH, normalizeEmail } from '../../domain/email.js'
import { PASSWORD_LENGTH } from '../../domain/password-rules.js'
import { NAME_LENGTH } from '../../domain/user.js'

const email = expecting(
  `an e-mail address such as "ada@shop.example", with at most ${EMAIL_LENGTH} characters`,
  z
    .string()
    .max(EMAIL_LENGTH + 20)
    .refine((text) => normalizeEmail(text) !== null)
    .transform((text) => normalizeEmail(text) ?? text)
    // Spaces around it do not count.
    .meta({ format: 'email', maxLength: EMAIL_LENGTH }),
)

/**
 * Security: what is wrong with a password is said without repeating it: answers are logged and shown. Halves of
 * surrogate pairs are no text; what they become in UTF-8 would be the same for all of them.
 */
function password(min: number) {
  const expected = `text with ${min} to ${PASSWORD_LENGTH.max} characters`
  // What a document about the API says of it: the schema itself must not, or it would repeat the value.
  const documented = { type: 'string', format: 'password', minLength: min, maxLength: PASSWORD_LENGTH.max }
  return z
    .unknown()
    .meta(documented)
    .transform((value, context): string => {
      const problem = problemOfPassword(value, min)
      if (problem === null) return value as string
      context.addIssue(refusal({ problem, expected }))
      return z.NEVER
    })
}

function problemOfPassword(value: unknown, min: number): string | null {
  if (value === undefined) return 'is missing'
  if (typeof value !== 'string' || /\p{Cs}/u.test(value)) return 'is no text'
  return value.length < min || value.length > PASSWORD_LENGTH.max ? `has ${value.length} characters` : null
}

export const registrationBody = expecting(
  'a JSON object with email, password and name',
  z.strictObject({
    email,
    password: password(PASSWORD_LENGTH.min),
    name: expecting(`a line of text with 1 to ${NAME_LENGTH} characters`, line(1, NAME_LENGTH)),
  }),
)

export const credentialsBody = expecting(
  'a JSON object with email and password',
  z.strictObject({ email, password: password(1) }),
)
