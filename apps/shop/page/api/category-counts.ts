import { session } from '../session/session.js'

/** How many products of each category a search finds, by slug; the sum of all under the empty slug. */
export async function fetchCategoryCounts(
  slugs: readonly string[],
  query: URLSearchParams,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, number>> {
  const filter = filterOf(query)
  const all = ['', ...slugs]
  const parts = all.map((_slug, index) => `c${index}: products(filter: $f${index}) { totalCount }`)
  const names = all.map((_slug, index) => `$f${index}: ProductFilter`)
  const variables = Object.fromEntries(
    all.map((slug, index) => [`f${index}`, slug === '' ? filter : { ...filter, category: slug }]),
  )
  // The graph answers all of them at once.
  const response = await fetch('/api/graphql', {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      Accept: 'application/json',
      // The graph is asked by POST, and whoever has a session posts nothing without its token.
      ...(await session.fields()),
    },
    body: JSON.stringify({ query: `query Counts(${names.join(', ')}) { ${parts.join(' ')} }`, variables }),
    signal,
  })
  const { data } = (await response.json()) as { data?: Record<string, { totalCount: number }> | null }
  if (!data) throw new Error('the categories could not be counted')
  return new Map(all.map((slug, index) => [slug, data[`c${index}`]?.totalCount ?? 0]))
}

function filterOf(query: URLSearchParams): Record<string, unknown> {
  const [q, min, max] = ['q', 'minPrice', 'maxPrice'].map((name) => query.get(name))
  return {
    ...(q && { q }),
    ...(min && { minPrice: Number(min) }),
    ...(max && { maxPrice: Number(max) }),
    ...(query.get('inStock') === 'true' && { inStock: true }),
  }
}
