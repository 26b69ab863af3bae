import { ApiError } from '../api/api-error.js'
import { createShopClient } from '../api/client.js'
import { session } from './session.js'

/** Asks as whoever is signed in. When the shop does not take that, it is found out once who it is by now. */
export const asVisitor = createShopClient({ fetch: fetchAsVisitor })

async function fetchAsVisitor(url: string, init: RequestInit): Promise<Response> {
  const response = await fetch(url, withFields(init, await session.fields()))
  if (!(await mayBeAnother(response)) || !(await session.refresh())) return response
  return fetch(url, withFields(init, await session.fields()))
}

/** What it was sent as has ended, or the session has begun anew, perhaps in another window. */
async function mayBeAnother(response: Response): Promise<boolean> {
  if (response.status === 401) return session.user !== null || session.isOverlooked
  if (response.status !== 403) return false
  const problem: unknown = await response
    .clone()
    .json()
    .catch(() => null)
  return new ApiError(response.status, problem).code === 'forged-request'
}

function withFields(init: RequestInit, fields: Readonly<Record<string, string>>): RequestInit {
  const headers = new Headers(init.headers)
  for (const [name, value] of Object.entries(fields)) headers.set(name, value)
  return { ...init, headers }
}
