export const EMAIL_LENGTH = 254

/** One `@`, a name that mail servers take as it is, and a domain with a dot. Whether it gets mail, only mail can tell. */
const EMAIL = /^[a-z0-9.!#$%&'*+/=?^_{|}~-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/

/**
 * An address in the one form that accounts are found by: without spaces around it, in small letters. Null when it is
 * none.
 *
 * Security: letters outside of ASCII are refused and not folded, so that no two addresses that mail servers keep apart
 * become one account (`ı` and `i`).
 */
export function normalizeEmail(text: string): string | null {
  const email = text.trim().toLowerCase()
  return email.length <= EMAIL_LENGTH && EMAIL.test(email) ? email : null
}
