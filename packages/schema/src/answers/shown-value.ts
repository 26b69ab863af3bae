const SHOWN_CHARACTERS = 40
const SHOWN_KEYS = 6

/** Words in the names of what nobody should read in a log. */
const SECRET = /pass|secret|token|credential|authori[sz]ation|cookie|session|api-?key|private-?key|cvc|iban/iu

/**
 * A value in a message: short, and without what is inside of it. A text is cut, of an object there are the keys, of a list the length.
 * What stands under a name that speaks of a secret is not shown.
 */
export function shownValue(value: unknown, key: string | number = ''): string {
  if (isSecret(key)) return `hidden, ${kindOf(value)}`
  switch (typeof value) {
    case 'string':
      return shownText(value)
    case 'bigint':
      return `${value}n`
    case 'function':
      return 'a function'
    case 'object':
      return value === null ? 'null' : shownObject(value)
    default:
      return String(value)
  }
}

/** Whether a name speaks of a secret. */
export function isSecret(key: string | number): boolean {
  return SECRET.test(String(key))
}

function shownText(text: string): string {
  if (text.length <= SHOWN_CHARACTERS) return JSON.stringify(text)
  return `${JSON.stringify(text.slice(0, SHOWN_CHARACTERS))}, cut from ${text.length} characters`
}

function shownObject(value: object): string {
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (value instanceof Date)
    return `a Date, ${Number.isNaN(value.getTime()) ? 'invalid' : value.toISOString()}`
  const keys = Object.keys(value)
  const more = keys.length > SHOWN_KEYS ? ', ...' : ''
  return `an object { ${keys.slice(0, SHOWN_KEYS).join(', ')}${more} }`
}

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'a list' : `${typeof value === 'object' ? 'an' : 'a'} ${typeof value}`
}
