/**
 * One value of a Link field (RFC 8288 §3): `<target>; rel="relation"`.
 *
 * Security: `<` and `>` are no characters of a URI reference and are percent-encoded; `"` and `\` in the relation are
 * escaped as in any quoted string (RFC 9110 §5.6.4).
 */
export function formatLink(target: string, relation: string): string {
  const uri = target.replace(/[<>]/g, (character) => (character === '<' ? '%3C' : '%3E'))
  return `<${uri}>; rel="${relation.replace(/["\\]/g, '\\$&')}"`
}
