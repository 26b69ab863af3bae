import { ApiError } from '../api/api-error.js'
import { call } from '../api/call.js'

interface StockLevel {
  readonly productId: number
  readonly available: number
  readonly version: number
}

interface Changes {
  readonly products: readonly StockLevel[]
  readonly since: string
}

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
  const query = `products=${products.slice(-MOST).join(',')}`
  let watching: AbortController | null = null
  const follow = (): void => {
    if (document.hidden) {
      watching?.abort()
      watching = null
    } else if (watching === null) {
      watching = new AbortController()
      stream(query, newestOf(changed), watching.signal)
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

function stream(query: string, tell: (level: StockLevel) => void, signal: AbortSignal): void {
  const source = new EventSource(`/api/v1/live-stock?${query}`)
  let failures = 0
  signal.addEventListener('abort', () => source.close())
  const tellAll = ({ data }: MessageEvent<string>): void => {
    failures = 0
    for (const level of (JSON.parse(data) as Changes).products) tell(level)
  }
  source.addEventListener('snapshot', tellAll)
  source.addEventListener('reset', tellAll)
  source.addEventListener('stock', ({ data }: MessageEvent<string>) => tell(JSON.parse(data) as StockLevel))
  source.addEventListener('error', () => {
    failures += 1
    // The browser comes again by itself, but not after an answer that was no stream.
    if (failures <= FAILURES && source.readyState !== EventSource.CLOSED) return
    source.close()
    void poll(query, tell, signal)
  })
}

async function poll(query: string, tell: (level: StockLevel) => void, signal: AbortSignal): Promise<void> {
  let since = ''
  while (!signal.aborted) {
    try {
      const from = since === '' ? '' : `&since=${encodeURIComponent(since)}`
      const { value } = await call<Changes | null>(`/live-stock/changes?${query}${from}`, { signal })
      if (value === null) continue
      since = value.since
      for (const level of value.products) tell(level)
    } catch (error) {
      if (signal.aborted) return
      // What was asked for is wrong: asking again would not help.
      if (error instanceof ApiError && error.status === 400) return
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    }
  }
}
