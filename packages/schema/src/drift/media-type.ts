/** `application/json` of `Application/JSON; charset=utf-8`; null when there is none. */
export function essenceOf(contentType: unknown): string | null {
  if (typeof contentType !== 'string') return null
  const essence = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  return essence === '' ? null : essence
}

export function isJsonType(essence: string): boolean {
  return essence === 'application/json' || essence === 'text/json' || essence.endsWith('+json')
}

/** What is declared for a media type: the same, or else the narrowest range that holds it. */
export function findContent<T extends { readonly mediaType: string }>(
  content: readonly T[],
  essence: string,
): T | null {
  const range = `${essence.split('/', 1)[0]}/*`
  for (const wanted of [essence, range, '*/*']) {
    const found = content.find(({ mediaType }) => essenceOf(mediaType) === wanted)
    if (found) return found
  }
  return null
}
