import type { Operation } from '../../operations/operation.js'

/** Ids of operations, each once in a document. */
export class OperationIds {
  readonly #taken = new Set<string>()

  /** The id that a contract gives, or one made of method and path: `getUsersById`. A number follows one that is taken. */
  take(given: string | undefined, method: string, path: string): string {
    const base = given ?? madeOf(method, path)
    let id = base
    for (let number = 2; this.#taken.has(id); number++) id = `${base}${number}`
    this.#taken.add(id)
    return id
  }

  /** Those that are given keep theirs: what is made goes around them. */
  reserve(given: readonly string[]): void {
    for (const id of given) this.#taken.add(id)
  }
}

/**
 * The id that a contract gives, with the versions that the operation is in: `placeOrderV1`, since one router may be in several of them.
 * One that ends with them already is left as it is.
 */
export function givenIdOf({
  contract: { operationId },
  versions,
}: Pick<Operation, 'contract' | 'versions'>): string | undefined {
  const words = versions.map((name) => wordOf(name)).join('')
  if (operationId === undefined || operationId.toLowerCase().endsWith(words.toLowerCase())) return operationId
  return operationId + words
}

function madeOf(method: string, path: string): string {
  const words = path.split('/').filter(Boolean).map(wordOf)
  return method.toLowerCase() + (words.join('') || 'Root')
}

function wordOf(segment: string): string {
  const named = segment.replace(/\{([^}]*)\}/g, (_whole, name: string) => ` by ${name} `)
  return named
    .split(/[^\p{L}\p{N}$]+/u)
    .filter(Boolean)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
}
