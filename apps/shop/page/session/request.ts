import { ApiError } from '../api/api-error.js'
import { type Answer, type Call, call } from '../api/call.js'
import { session } from './session.js'

/** A call as whoever is signed in. When the shop does not take that, it is found out once who it is by now. */
export async function request<T>(path: string, options: Call = {}): Promise<Answer<T>> {
  const fields = await session.fields()
  try {
    return await call(path, withFields(options, fields))
  } catch (error) {
    if (!mayBeAnother(error) || !(await session.refresh())) throw error
    return call(path, withFields(options, await session.fields()))
  }
}

/** What it was sent as has ended, or the session has begun anew, perhaps in another window. */
function mayBeAnother(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false
  if (error.code === 'forged-request') return true
  return error.status === 401 && (session.user !== null || session.isOverlooked)
}

function withFields(options: Call, fields: Readonly<Record<string, string>>): Call {
  return { ...options, headers: { ...options.headers, ...fields } }
}
