import { ApiError } from './api-error.js'

export interface Call {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as JSON. */
  readonly json?: unknown
  readonly signal?: AbortSignal
}

export interface Answer<T> {
  readonly value: T
  readonly etag: string | null
}

const API = '/api/v1'

/** One call of the shop's API, as nobody in particular. Throws an ApiError, or what `fetch` throws. */
export async function call<T>(path: string, options: Call = {}): Promise<Answer<T>> {
  const { method = 'GET', headers = {}, json, signal } = options
  const response = await fetch(`${API}${path}`, {
    method,
    headers: {
      Accept: 'application/json',
      ...(json !== undefined && { 'Content-Type': 'application/json' }),
      ...headers,
    },
    ...(json !== undefined && { body: JSON.stringify(json) }),
    ...(signal && { signal }),
  })
  const text = await response.text()
  const value = text === '' ? null : parsed(text)
  if (!response.ok) throw new ApiError(response.status, value)
  return { value: value as T, etag: response.headers.get('etag') }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
