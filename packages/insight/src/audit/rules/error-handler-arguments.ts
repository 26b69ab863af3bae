import type { LayerNode } from '../../types/layer-tree.js'
import { nameOf, placeOf } from '../describe.js'
import type { Audited, Fault, Rule } from '../rule.js'
import { parameterName, sourceOf } from '../sources/function-source.js'
import { handlersOf } from '../steps.js'

export const errorHandlerArguments: Rule = {
  name: 'error-handler-arguments',
  severity: 'error',
  why: 'An error handler is told by its four parameters. With fewer it is taken for middleware: it gets every request that comes by, its first argument is the request, and no error ever reaches it.',
  check: findShortErrorHandlers,
}

function* findShortErrorHandlers({ steps }: Audited): Iterable<Fault> {
  for (const step of steps) {
    for (const { node } of handlersOf(step)) {
      if (!isShortErrorHandler(node)) continue
      const { parameters = [] } = sourceOf(node.handler) ?? {}
      yield {
        what: `${nameOf(node)} looks like an error handler, but has ${node.handler?.length} parameters: (${parameters.join(', ')})`,
        mend: 'Give it four parameters without default values, (err, req, res, next), also when it does not use all of them.',
        place: node.definedAt ?? placeOf(node),
      }
    }
  }
}

/** `(err, req, res)`: also with a fourth parameter that has a default value, as that does not count. */
function isShortErrorHandler({ kind, handler }: LayerNode): boolean {
  if (kind !== 'middleware' && kind !== 'handler') return false
  const source = sourceOf(handler)
  if (source === null || handler === null || handler.length < 2 || handler.length > 3) return false
  const [first, second] = [parameterName(source, 0), parameterName(source, 1)]
  return isNamed(first, /^_*(?:e|ex|err|error|exception)$/iu) && isNamed(second, /^_*(?:req|request)$/iu)
}

function isNamed(name: string | null, names: RegExp): boolean {
  return name !== null && names.test(name)
}
