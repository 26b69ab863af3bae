import type { ApiDocument } from '../../drift/document.js'
import { openapiDocument } from '../../openapi/document.js'
import { FuzzError } from '../fuzz-error.js'
import { parseDocument } from '../parse-document.js'
import type { FuzzTarget } from './target.js'

const MOST_TIME_MS = 10_000

/** Where documents are looked for, where none is given. */
const PLACE = '/openapi.json'

/**
 * The document of a target: what it serves; or else, of an application, what its routes say.
 *
 * @param base where it listens
 * @throws FuzzError when there is none.
 */
export async function findDocument(
  target: FuzzTarget,
  base: URL,
  headers: Readonly<Record<string, string>>,
): Promise<ApiDocument> {
  const url = new URL(base.pathname.replace(/\/$/u, '') + PLACE, base)
  const response = await ask(url, headers)
  if (response.ok) return parseDocument(await response.text(), url.href)
  await response.body?.cancel()
  if (isApplication(target)) {
    return openapiDocument(target, { info: { title: 'The application', version: '0' } })
  }
  throw new FuzzError(`The target answers ${response.status} at ${PLACE}: give the document`)
}

async function ask(url: URL, headers: Readonly<Record<string, string>>): Promise<Response> {
  try {
    return await fetch(url, { headers: { ...headers }, signal: AbortSignal.timeout(MOST_TIME_MS) })
  } catch (error) {
    const { cause } = error as { cause?: unknown }
    const reason = cause instanceof Error ? cause.message : String(error)
    throw new FuzzError(`${url.href} can't be asked for the document: ${reason}`, { cause: error })
  }
}

type Application = Parameters<typeof openapiDocument>[0]

/** Parity: whatever has `handle` and `set` is an application. */
function isApplication(target: unknown): target is Application {
  const { handle, set } = (typeof target === 'function' ? target : {}) as { handle?: unknown; set?: unknown }
  return typeof handle === 'function' && typeof set === 'function'
}
