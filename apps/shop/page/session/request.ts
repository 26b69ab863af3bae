import { ApiError } from '../api/api-error.js'
import { type Answer, type Call, call } from '../api/call.js'
import { session } from './session.js'

/** A call as whoever is signed in. An access token that was ended meanwhile is exchanged once. */
export async function request<T>(path: string, options: Call = {}): Promise<Answer<T>> {
  const token = await session.token()
  if (token === null) return call(path, options)
  try {
    return await call(path, withToken(options, token))
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 401 || !(await session.refresh())) throw error
    return call(path, withToken(options, (await session.token()) ?? token))
  }
}

function withToken(options: Call, token: string): Call {
  return { ...options, headers: { ...options.headers, Authorization: `Bearer ${token}` } }
}
