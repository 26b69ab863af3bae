import { type Operation } from '../../operations/operation.js'
import { mergeContracts } from '../../operations/contract-of.js'
import type { PathTemplate } from '../../operations/paths/path-templates.js'
import type { DocumentOptions } from '../types/document-options.js'
import type { OpenApiMethod } from '../types/document.js'

/** An operation under one of its templates: what stands at one place of the document. */
export interface Documented {
  readonly method: OpenApiMethod
  readonly template: PathTemplate
  /** The path of the document. Its parameters have the names of the first operation with such a path. */
  readonly path: string
  readonly names: readonly string[]
  readonly operation: Operation
}

const METHODS: ReadonlySet<string> = new Set([
  'get',
  'put',
  'post',
  'delete',
  'options',
  'head',
  'patch',
  'trace',
] satisfies OpenApiMethod[])

/** What a route for every method is shown with. */
const EVERY: readonly OpenApiMethod[] = ['get', 'put', 'post', 'delete', 'patch']

/** Why an operation is not in the document. */
export interface LeftOut {
  readonly operation: Operation
  readonly reason: 'hidden' | 'not included' | 'base' | 'path' | 'method' | 'every method'
}

/** What of an application is in its document, in order; and what is not, and why. */
export function documentedOf(
  operations: readonly Operation[],
  { include, base = '' }: Pick<DocumentOptions, 'include' | 'base'>,
): { readonly documented: Documented[]; readonly leftOut: LeftOut[] } {
  const leftOut: LeftOut[] = []
  const places = new Map<string, Documented>()
  const names = new Map<string, PathTemplate>()
  for (const operation of operations) {
    const reason = reasonAgainst(operation, operations, include)
    if (reason !== null) {
      leftOut.push({ operation, reason })
      continue
    }
    const templates = operation.templates.flatMap((template) => behind(base, template) ?? [])
    if (templates.length === 0) leftOut.push({ operation, reason: 'base' })
    for (const template of templates) {
      const shape = template.text.replace(/\{[^}]*\}/g, '{}')
      const first = names.get(shape) ?? template
      names.set(shape, first)
      for (const method of methodsOf(operation)) {
        const place = `${method} ${first.text}`
        const merged = withEarlier(operation, places.get(place))
        if (merged === null) continue
        const parameters = first.parameters.map(({ name }) => name)
        places.set(place, { method, template, path: first.text, names: parameters, operation: merged })
      }
    }
  }
  return { documented: [...places.values()], leftOut }
}

/**
 * A request that comes to the second of two routes has passed the first, so both contracts are its own; unless the first one ends
 * every request.
 */
function withEarlier(operation: Operation, earlier: Documented | undefined): Operation | null {
  if (earlier === undefined) return operation
  const { operation: first } = earlier
  if (first.isEnd) return null
  const known = new Set(operation.steps.map(({ contract }) => contract))
  return {
    ...operation,
    place: operation.place,
    contract: mergeContracts(first.contract, operation.contract),
    steps: [...first.steps.filter(({ contract }) => !known.has(contract)), ...operation.steps],
    middleware: [...new Set([...first.middleware, ...operation.middleware])],
  }
}

function reasonAgainst(
  operation: Operation,
  operations: readonly Operation[],
  include: DocumentOptions['include'],
): LeftOut['reason'] | null {
  if (operation.contract.hidden === true) return 'hidden'
  if (operation.method === 'ALL' && isForWhatIsLeft(operation, operations)) return 'every method'
  if (methodsOf(operation).length === 0) return 'method'
  if (operation.templates.length === 0) return 'path'
  return include === undefined || include(operation) ? null : 'not included'
}

/** Guards, what answers 405 beside the methods of a route, and what answers everything: no operations of an API. */
function isForWhatIsLeft(operation: Operation, operations: readonly Operation[]): boolean {
  if (operation.source === 'contract' && !operation.isGuard) return false
  const isOther = (one: Operation): boolean => one.path === operation.path && one.method !== 'ALL'
  return operation.isGuard || operation.parameters.some((one) => one.isWildcard) || operations.some(isOther)
}

function methodsOf({ method }: Operation): readonly OpenApiMethod[] {
  if (method === 'ALL') return EVERY
  const name = method.toLowerCase()
  return METHODS.has(name) ? [name as OpenApiMethod] : []
}

/** A template as it is below a path; null when it is not. */
function behind(base: string, template: PathTemplate): PathTemplate | null {
  if (base === '') return template
  const { text } = template
  if (!`${text}/`.startsWith(`${base}/`)) return null
  return { ...template, text: text.slice(base.length) || '/' }
}
