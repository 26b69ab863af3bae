import { ApiError } from '../api/api-error.js'
import { asNobody, type Schemas, success } from '../api/client.js'

type StockLevel = Schemas['StockLevel']

type StockChanges = Schemas['StockChanges']

type Changed = (product: number, stock: number) => void

/** How many products one stream can watch; of more, the newest on the page. */
const MOST = 100
/** How often a stream may fail without having begun, until polls are tried. */
const FAILURES = 2
const PAUSE_MS = 5000

/**
 * Tells how the stocks of some products change, until the signal is aborted. By server-sent events, and where these don't
 * come through (a proxy that keeps them back) by long polling. A window that nobody looks at watches nothing: browsers
 * have few connections for one shop.
 */
export function watchStock(products: readonly number[], changed: Changed, signal: AbortSignal): void {
  if (products.length === 0 || signal.aborted) return
  const watched = products.slice(-MOST).join(',')
  let watching: AbortController | null = null
  const follow = (): void => {
    if (document.hidden) {
      watching?.abort()
      watching = null
    } else if (watching === null) {
      watching = new AbortController()
      stream(watched, newestOf(changed), watching.signal)
    }
  }
  document.addEventListener('visibilitychange', follow, { signal })
  signal.addEventListener('abort', () => watching?.abort())
  follow()
}

/** A level may come twice, and by different ways: an older one says nothing. */
function newestOf(changed: Changed): (level: StockLevel) => void {
  const versions = new Map<number, number>()
  return ({ productId, available, version }) => {
    if (version < (versions.get(productId) ?? 0)) return
    versions.set(productId, version)
    changed(productId, available)
  }
}

function stream(products: string, tell: (level: StockLevel) => void, signal: AbortSignal): void {
  const source = new EventSource(`/api/v1/live-stock?products=${products}`)
  let failures = 0
  signal.addEventListener('abort', () => source.close())
  const tellAll = ({ data }: MessageEvent<string>): void => {
    failures = 0
    const changes: StockChanges = JSON.parse(data)
    for (const level of changes.products) tell(level)
  }
  source.addEventListener('snapshot', tellAll)
  source.addEventListener('reset', tellAll)
  source.addEventListener('stock', ({ data }: MessageEvent<string>) => tell(JSON.parse(data)))
  source.addEventListener('error', () => {
    failures += 1
    // The browser comes again by itself, but not after an answer that was no stream.
    if (failures <= FAILURES && source.readyState !== EventSource.CLOSED) return
    source.close()
    void poll(products, tell, signal)
  })
}

async function poll(products: string, tell: (level: StockLevel) => void, signal: AbortSignal): Promise<void> {
  let since: string | undefined
  while (!signal.aborted) {
    try {
      const query = { products, ...(since !== undefined && { since }) }
      const { data: changes } = await success(asNobody.get('/v1/live-stock/changes', { query, signal }))
      if (changes === undefined) continue
      since = changes.since
      for (const level of changes.products) tell(level)
    } catch (error) {
      if (signal.aborted) return
      // What was asked for is wrong: asking again would not help.
      if (error instanceof ApiError && error.status === 400) return
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    }
  }
}
