/** A value as JSON, two blanks an indent. Regular expressions, which JSON has not, become their text. */
export function formatJson(value: unknown): string {
  return JSON.stringify(
    value,
    (_key, member: unknown) => (member instanceof RegExp ? String(member) : member),
    2,
  )
}
