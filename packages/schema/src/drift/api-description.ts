import type { ApiDocument, DescribedOperation } from './document.js'
import { describeOperations } from './describe-operations.js'
import { PathIndex } from './path-index.js'
import { SchemaChecks } from './schema-checks.js'

/** What the document says of a request. */
export interface FoundOperation {
  readonly operation: DescribedOperation
  /** As they came, not decoded. */
  readonly params: Readonly<Record<string, string>>
}

/** Descriptions by their document: each lives as long as the document does. */
const known = new WeakMap<ApiDocument, ApiDescription>()

/** A document, made ready to hold exchanges against. */
export class ApiDescription {
  readonly document: ApiDocument
  readonly operations: readonly DescribedOperation[]
  readonly checks: SchemaChecks
  readonly #index: PathIndex<ReadonlyMap<string, DescribedOperation>>
  readonly #prefixes: readonly string[]

  /** The description of a document, made once. A document that changed since must be given as another object. */
  static of(document: ApiDocument): ApiDescription {
    const made = known.get(document) ?? new ApiDescription(document)
    known.set(document, made)
    return made
  }

  /**
   * @param checks how its schemas are held against values
   * @throws TypeError for what is no OpenAPI document of version 3.1 or 3.2.
   */
  constructor(document: ApiDocument, checks?: SchemaChecks) {
    if (!/^3\.[12](?:\.|$)/u.test(String(document?.openapi))) {
      throw new TypeError(
        `The document must be OpenAPI 3.1; its member openapi is ${JSON.stringify(document?.openapi)}`,
      )
    }
    this.document = document
    this.operations = describeOperations(document)
    this.checks = checks ?? new SchemaChecks(document)
    this.#index = new PathIndex(operationsByPath(this.operations))
    this.#prefixes = pathPrefixes(document)
  }

  /** The operations of the document at a path, by method, the narrowest path first; empty where the document has no such path. */
  at(
    pathname: string,
  ): { methods: ReadonlyMap<string, DescribedOperation>; params: Record<string, string> }[] {
    return this.#prefixes
      .filter((prefix) => pathname === prefix || pathname.startsWith(`${prefix}/`))
      .flatMap((prefix) => this.#index.find(pathname.slice(prefix.length) || '/'))
      .map(({ value, params }) => ({ methods: value, params }))
  }

  /** The operation at a path of the document itself, without that of a server. */
  operationAt(method: string, path: string): DescribedOperation | null {
    const found = this.#index.find(path).find(({ value }) => value.has(method))
    return found?.value.get(method) ?? null
  }

  /** Parity: HEAD is answered by what answers GET. */
  find(method: string, pathname: string): FoundOperation | null {
    const wanted = method.toUpperCase()
    for (const { methods, params } of this.at(pathname)) {
      const operation = methods.get(wanted) ?? (wanted === 'HEAD' ? methods.get('GET') : undefined)
      if (operation) return { operation, params }
    }
    return null
  }
}

function operationsByPath(
  operations: readonly DescribedOperation[],
): Map<string, Map<string, DescribedOperation>> {
  const paths = new Map<string, Map<string, DescribedOperation>>()
  for (const operation of operations) {
    const methods = paths.get(operation.path) ?? new Map<string, DescribedOperation>()
    paths.set(operation.path, methods.set(operation.method, operation))
  }
  return paths
}

/** The paths of `servers`, under which those of the document stand; a server with variables is taken as having none. */
function pathPrefixes({ servers }: ApiDocument): string[] {
  const paths = (servers ?? []).map(({ url }) => {
    if (!URL.canParse(url, 'http://localhost')) return ''
    const { pathname } = new URL(url, 'http://localhost')
    return pathname.includes('%7B') ? '' : pathname.replace(/\/+$/u, '')
  })
  return paths.length === 0 ? [''] : [...new Set(paths)].toSorted((one, other) => other.length - one.length)
}
