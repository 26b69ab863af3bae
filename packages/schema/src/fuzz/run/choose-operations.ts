import { type DescribedOperation, nameOfOperation } from '../../drift/document.js'

/** What makes things comes first, what lists them next, and what takes them away last. */
const ORDER = ['POST', 'GET', 'HEAD', 'OPTIONS', 'QUERY', 'PUT', 'PATCH', 'TRACE', 'DELETE']
const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'QUERY'])

export interface Choice {
  readonly include: readonly (string | RegExp)[]
  readonly exclude: readonly (string | RegExp)[]
  /** Whether methods that change something are called. */
  readonly unsafe: boolean
}

/** The operations that are fuzzed, in the order in which they are. */
export function chooseOperations(
  operations: readonly DescribedOperation[],
  { include, exclude, unsafe }: Choice,
): DescribedOperation[] {
  const isChosen = (operation: DescribedOperation): boolean =>
    (unsafe || SAFE.has(operation.method)) &&
    (include.length === 0 || include.some((one) => isNamed(operation, one))) &&
    !exclude.some((one) => isNamed(operation, one))
  return operations
    .filter(isChosen)
    .toSorted((one, other) => rankOf(one) - rankOf(other) || depthOf(one) - depthOf(other))
}

function rankOf({ method }: DescribedOperation): number {
  return ORDER.indexOf(method)
}

/** A collection is filled before what is in it. */
function depthOf({ path }: DescribedOperation): number {
  return path.split('/').length
}

function isNamed(operation: DescribedOperation, wanted: string | RegExp): boolean {
  const { path, operationId } = operation
  const names = [nameOfOperation(operation), path, ...(operationId === null ? [] : [operationId])]
  const pattern = typeof wanted === 'string' ? patternOf(wanted) : wanted
  return names.some((name) => name.search(pattern) >= 0)
}

function patternOf(text: string): RegExp {
  const parts = text.split('*').map((part) => part.replace(/[\\^$.*+?()[\]|{}/]/gu, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`, 'iu')
}
