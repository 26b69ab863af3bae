type IsSecret = (name: string) => boolean

/** `scheme://user:password@`: the password. */
const USER_INFO = /^([a-z][\w+.-]*:)?(\/\/[^/?#@:]*):[^/?#@]*@/i

/** A URL or a target: the values of secret parameters in its query and fragment, and a password before its host. */
export function redactUrl(url: string, isSecret: IsSecret, replacement: string): string {
  const plain = url.replace(USER_INFO, (_all, scheme: string | undefined, user: string) => {
    return `${scheme ?? ''}${user}:${replacement}@`
  })
  const start = plain.search(/[?#]/)
  if (start < 0) return plain
  return plain.slice(0, start + 1) + redactPairs(plain.slice(start + 1), isSecret, replacement)
}

/** `a=1&token=2`, as in a query, a form or the fragment of an OAuth answer. */
export function redactPairs(text: string, isSecret: IsSecret, replacement: string): string {
  return text
    .split(/([&;#?])/)
    .map((part, index) => (index % 2 === 1 ? part : redactPair(part, isSecret, replacement)))
    .join('')
}

function redactPair(pair: string, isSecret: IsSecret, replacement: string): string {
  const equals = pair.indexOf('=')
  if (equals <= 0 || equals === pair.length - 1) return pair
  const name = pair.slice(0, equals)
  return isSecret(decode(name)) ? `${name}=${replacement}` : pair
}

function decode(name: string): string {
  try {
    return decodeURIComponent(name.replaceAll('+', ' '))
  } catch {
    return name
  }
}
