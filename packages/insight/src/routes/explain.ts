import { readLayers } from '../layers/read-layers.js'
import type { AnyApplication, StackRouter } from '../types/stack.js'
import type { Ending, Explanation, ExplainedLayer } from './explanation.js'
import { nearestRoutes } from './nearest.js'
import { requestTarget } from './request-target.js'
import { messageOf, Stacks, Walk } from './walk.js'

/**
 * What becomes of a request: each layer in order, whether it runs, and why not; where the request ends; and when no route takes
 * it, which ones nearly do.
 *
 * The layers are asked whether they match, as a request asks them. No handler runs, so what handlers decide is not known: a
 * middleware may answer, or write `req.url`. Each is taken to call `next`, and the last handler of a route to answer.
 *
 * @param method in any case: `GET`.
 * @param url a path with or without a query, or a whole URL. What a client would percent-encode is encoded.
 * @throws TypeError when `app` is neither an application nor a Router, or the method or the URL can't be one.
 */
export function explain(app: AnyApplication | StackRouter, method: string, url: string): Explanation {
  const nodes = readLayers(app)
  const request = { method: methodOf(method), url: requestTarget(url) }
  const stacks = new Stacks()
  const walk = new Walk(request.method, stacks, true)
  walk.start(app, nodes, request.url)
  const { layers, answerer } = walk
  const takesRoute = walk.entered.length > 0 || walk.error !== null || walk.over !== null
  return {
    ...request,
    layers,
    end: endingOf(walk, request.method),
    params: answerer?.params ?? {},
    nearest: takesRoute ? [] : nearestRoutes({ app, nodes, stacks, ...request }),
  }
}

function methodOf(method: unknown): string {
  if (typeof method === 'string' && /^[A-Za-z-]+$/.test(method)) return method.toUpperCase()
  throw new TypeError(`method must be one such as 'GET', not ${JSON.stringify(method) ?? String(method)}`)
}

function endingOf({ answerer, over, error, layers }: Walk, method: string): Ending {
  if (answerer !== null)
    return { by: 'handler', status: null, layer: answerer, text: textOf(answerer, layers) }
  if (over !== null) return over
  if (error !== null) {
    const status = statusOf(error.value)
    const text = `nobody handles the error, and the application answers ${status}: ${messageOf(error.value)}`
    return { by: 'error', status, layer: null, text }
  }
  const text = `no route takes ${method}, and the application answers 404`
  return { by: 'not-found', status: 404, layer: null, text: `${text}${conditionOf(layers)}` }
}

function textOf(answerer: ExplainedLayer, layers: readonly ExplainedLayer[]): string {
  const { kind, name, pattern } = answerer
  const condition = conditionOf(layers.slice(0, layers.indexOf(answerer)))
  if (kind === 'handler') return `${name} of ${pattern} answers${condition}`
  if (kind === 'error-handler') return `${name} gets the error and answers${condition}`
  return `${name} answers, since it takes no next${condition}`
}

/** Of what runs before, only that is in doubt which is a function of its own. */
function conditionOf(before: readonly ExplainedLayer[]): string {
  const names = before.filter(({ verdict, kind }) => verdict === 'runs' && DECIDING.has(kind))
  if (names.length === 0) return ''
  if (names.length === 1) return `, if ${names[0]?.name} calls next`
  return `, if each of the ${names.length} before it calls next`
}

const DECIDING: ReadonlySet<string> = new Set(['middleware', 'handler', 'param', 'error-handler'])

/** Parity: as the final handler of the application tells it. */
function statusOf(error: unknown): number {
  const { status, statusCode } = (error ?? {}) as { status?: unknown; statusCode?: unknown }
  const own = [status, statusCode].find((one) => typeof one === 'number' && one >= 400 && one < 600)
  return (own as number | undefined) ?? 500
}
