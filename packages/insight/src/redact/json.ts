/** A member with a plain value, in a text that is not whole or is no JSON. */
const MEMBER = /("((?:[^"\\]|\\.)*)"\s*:\s*)(?:"(?:[^"\\]|\\.)*"?|[^\s"{}[\],]+)/g

/** The values of secret members, however deep, in a JSON text. What can't be parsed (it was cut off) is searched. */
export function redactJson(text: string, isSecret: (name: string) => boolean, replacement: string): string {
  try {
    const found = { any: false }
    const value: unknown = JSON.parse(text, (name, member: unknown) => {
      if (name === '' || member === null || !isSecret(name)) return member
      found.any = true
      return replacement
    })
    return found.any ? JSON.stringify(value) : text
  } catch {
    return text.replaceAll(MEMBER, (all, start: string, name: string) =>
      isSecret(name) ? `${start}"${replacement}"` : all,
    )
  }
}
