/** Where the inspector is mounted; the page may have been asked for with a slash behind, or at the form. */
const BASE = location.pathname.replace(/(?:\/login)?\/?$/, '')

export function addressOf(path: string): string {
  return `${BASE}/api/${path}`
}

/** What the server says is wrong; its message is shown. */
export class ApiError extends Error {}

export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  const answer = await fetch(addressOf(path), {
    headers: { accept: 'application/json' },
    ...(signal === undefined ? {} : { signal }),
  })
  if (answer.status === 401) location.reload()
  const value: unknown = await answer.json()
  if (!answer.ok)
    throw new ApiError((value as { error?: string }).error ?? `The server said ${answer.status}.`)
  return value as T
}

export function messageOf(error: unknown): string {
  return error instanceof ApiError ? error.message : 'The application does not answer.'
}
