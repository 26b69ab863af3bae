import { asVisitor } from '../session/visitor.js'
import type { ProductQuery } from './catalogue.js'
import { success } from './client.js'

/** How many products of each category a search finds, by slug; the sum of all under the empty slug. */
export async function fetchCategoryCounts(
  slugs: readonly string[],
  query: ProductQuery,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, number>> {
  const filter = filterOf(query)
  const all = ['', ...slugs]
  const parts = all.map((_slug, index) => `c${index}: products(filter: $f${index}) { totalCount }`)
  const names = all.map((_slug, index) => `$f${index}: ProductFilter`)
  const variables = Object.fromEntries(
    all.map((slug, index) => [`f${index}`, slug === '' ? filter : { ...filter, category: slug }]),
  )
  // The graph answers all of them at once. It is asked by POST, and whoever has a session posts nothing without its token.
  const body = { query: `query Counts(${names.join(', ')}) { ${parts.join(' ')} }`, variables }
  const { data: answer } = await success(asVisitor.post('/graphql', { body, signal }))
  const { data } = answer
  if (!data) throw new Error('the categories could not be counted')
  return new Map(all.map((slug, index) => [slug, countIn(data[`c${index}`])]))
}

function filterOf({ q, minPrice, maxPrice, inStock }: ProductQuery): Readonly<Record<string, unknown>> {
  return { q, minPrice, maxPrice, ...(inStock === 'true' && { inStock: true }) }
}

/** The document can't know what a graph was asked for. */
function countIn(list: unknown): number {
  const isCounted = typeof list === 'object' && list !== null && 'totalCount' in list
  return isCounted && typeof list.totalCount === 'number' ? list.totalCount : 0
}
