import type { ApiDescription } from '../../drift/api-description.js'
import { decodeText } from '../../drift/check-request.js'
import type { DescribedOperation } from '../../drift/document.js'
import { fieldOf, type SeenResponse } from '../../drift/exchange.js'
import { ifInTime } from '../../drift/slow-patterns.js'
import { isCarried } from '../requests/described-input.js'
import type { FuzzInput } from '../requests/fuzz-input.js'
import { isRecord } from '../requests/parameter-text.js'
import { parametersIn } from '../requests/wire-request.js'

/** Of each collection. */
const MOST_IDS = 20
/** Entries of a list that are read. */
const MOST_ENTRIES = 5

/**
 * The ids that answers gave, by the path of their collection: what `POST /users` made, and what `GET /users` lists, is what
 * `{id}` of `/users/{id}` may be.
 */
export class KnownIds {
  readonly #byCollection = new Map<string, unknown[]>()

  /** Reads an answer of 2xx: the entries of its body, or its `Location`. */
  learn(operation: DescribedOperation, answer: SeenResponse): void {
    if (answer.status < 200 || answer.status > 299) return
    if (operation.method !== 'POST' && operation.method !== 'GET') return
    if (operation.method === 'POST') {
      const location = fieldOf(answer.headers, 'location')?.split(/[?#]/u, 1)[0]
      const id = location?.split('/').findLast((part) => part !== '')
      if (id) this.#add(operation.path, { id: decoded(id) })
    }
    for (const entry of entriesOf(answer)) this.#add(operation.path, entry)
  }

  /** The input with ids that are known in its path; the same where none is, or it wants none. */
  applied(api: ApiDescription, operation: DescribedOperation, input: FuzzInput): FuzzInput {
    if (input.known === 0) return input
    const path = { ...input.parameters.path }
    for (const parameter of parametersIn(operation, 'path')) {
      const entries = this.#byCollection.get(collectionOf(operation.path, parameter.name)) ?? []
      const ids = entries.flatMap((entry) => idOf(entry, parameter.name) ?? [])
      const id = ids.at(-(((input.known - 1) % Math.max(1, ids.length)) + 1))
      if (id !== undefined && ifInTime(() => isCarried(api, parameter, id))) path[parameter.name] = id
    }
    return { ...input, parameters: { ...input.parameters, path } }
  }

  #add(path: string, entry: unknown): void {
    const collection = path.replace(/\/$/u, '')
    const entries = this.#byCollection.get(collection) ?? []
    entries.push(entry)
    this.#byCollection.set(collection, entries.slice(-MOST_IDS))
  }
}

/** `/users` for `{id}` of `/users/{id}/orders`. */
function collectionOf(path: string, name: string): string {
  return path.slice(0, path.indexOf(`{${name}}`)).replace(/\/$/u, '')
}

/** `userId` of an entry of `/users` is its `userId`, or its `id`. */
function idOf(entry: unknown, name: string): unknown {
  if (!isRecord(entry)) return undefined
  const id = Object.hasOwn(entry, name) ? entry[name] : (entry['id'] ?? entry['_id'])
  return typeof id === 'string' || typeof id === 'number' ? id : undefined
}

/** The body itself, or what it lists: on its own, or as its one member that is a list. */
function entriesOf({ body }: SeenResponse): unknown[] {
  const text = body ? decodeText(body) : null
  if (text === null || !/^\s*[[{]/u.test(text)) return []
  try {
    const value: unknown = JSON.parse(text)
    if (Array.isArray(value)) return value.slice(0, MOST_ENTRIES)
    const lists = isRecord(value) ? Object.values(value).filter((one) => Array.isArray(one)) : []
    return lists.length === 1 ? [value, ...(lists[0] as unknown[]).slice(0, MOST_ENTRIES)] : [value]
  } catch {
    return []
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
