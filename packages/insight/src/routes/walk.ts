import { ownerInside, routerOf } from '../layers/mounted-application.js'
import type { LayerNode } from '../types/layer-tree.js'
import type { AnyApplication, AnyHandler, StackLayer, StackRoute, StackRouter } from '../types/stack.js'
import { Asking, type LayerAnswer } from './ask-layer.js'
import type { Ending, ExplainedLayer, SkipReason } from './explanation.js'
import { answererOf, effectiveMethod, methodsOfRoute, takesMethod } from './route-methods.js'
import { cutPrefix, explainLayer, explainParam, mergeParams, type Outcome, type Position } from './steps.js'
import { takesNoNext } from './takes-no-next.js'

/*
 * The way of a request through the stacks, without a request: each layer is asked whether it matches, and no handler runs. What
 * the walk can't know it takes to be as usual: a middleware calls `next` and leaves `req.url` alone, an error handler passes the
 * error on, the last handler of a route answers.
 *
 * It follows the routers of Express 5 and Nozomi step by step. test/routes/explain-property.test.mts makes the requests.
 */

export type Owner = AnyApplication | StackRouter
type Match = LayerAnswer & { is: 'match' }

/** A router that is mounted in itself at `/` has no end. */
const DEEPEST = 50
const MOST_LAYERS = 200_000

/** What one router keeps while the request is in it. */
interface Stage {
  readonly router: StackRouter
  readonly nodes: ReadonlyMap<unknown, LayerNode>
  readonly position: Position
  readonly path: string
  /** The values that callbacks of `param()` have run for. */
  readonly called: Map<string, unknown>
  /** The methods of routes that matched an OPTIONS request; null for every other. */
  readonly allowed: string[] | null
}

/** The layers of each router by what stands in its stack: a router that is mounted in itself has them there again. */
export class Stacks {
  readonly #nodes: Map<Owner, ReadonlyMap<unknown, LayerNode>> = new Map()

  nodesOf(owner: Owner, nodes: readonly LayerNode[]): ReadonlyMap<unknown, LayerNode> {
    let known = this.#nodes.get(owner)
    if (known === undefined) {
      known = new Map(nodes.map((node) => [node.layer, node]))
      this.#nodes.set(owner, known)
    }
    return known
  }
}

export class Walk {
  readonly layers: ExplainedLayer[] = []
  /** The error that the request has run into. */
  error: { readonly value: unknown } | null = null
  /** The first that answers, as far as can be told. */
  answerer: ExplainedLayer | null = null
  /** Set when nothing runs any more, whatever anybody calls. */
  over: Ending | null = null
  /** The routes that were entered. */
  readonly entered: StackRoute[] = []
  readonly #method: string
  readonly #stacks: Stacks
  readonly #listsSkipped: boolean
  readonly #asking = new Asking()
  #count = 0

  constructor(method: string, stacks: Stacks, listsSkipped: boolean) {
    this.#method = method
    this.#stacks = stacks
    this.#listsSkipped = listsSkipped
  }

  /** Sends the request through an application; the layers are as before afterwards. */
  start(app: Owner, nodes: readonly LayerNode[], url: string): void {
    try {
      this.#through(app, nodes, { url, baseUrl: '', params: {}, depth: 0 })
    } finally {
      this.#asking.restore()
    }
  }

  #through(owner: Owner, nodes: readonly LayerNode[], position: Position): void {
    const router = routerOf(owner)
    if (router === null) return
    const stage: Stage = {
      router,
      nodes: this.#stacks.nodesOf(owner, nodes),
      position,
      path: position.url.split('?', 1)[0] as string,
      called: new Map(),
      allowed: this.#method === 'OPTIONS' ? [] : null,
    }
    // By index: a hole is met, too.
    const stack = router.stack as unknown[]
    for (let i = 0; i < stack.length; i++) this.#meet(stage, stack[i])
    this.#leave(stage)
  }

  /** Parity: a router that knows routes for the path of an OPTIONS request answers when it comes to its end. */
  #leave({ allowed, position }: Stage): void {
    if (this.over !== null || this.error !== null || allowed === null || allowed.length === 0) return
    const methods = [...new Set(allowed)].toSorted().join(', ')
    const router = position.baseUrl === '' ? 'the application' : `the router at ${position.baseUrl}`
    const text = `${router} answers OPTIONS by itself, with Allow: ${methods}`
    this.over = { by: 'options', status: 200, layer: null, text }
  }

  #meet(stage: Stage, layer: unknown): void {
    const node = stage.nodes.get(layer)
    if (this.over !== null) {
      if (node) this.#skip(stage.position, node, 'answered', `not reached: ${this.over.text}`)
      return
    }
    if (node === undefined) {
      this.#meetJunk(layer)
      return
    }
    const answer = this.#asking.ask(node.layer, stage.path)
    if (answer.is === 'none') {
      this.#skip(stage.position, node, 'path', `the path ${stage.path} does not match`)
    } else if (answer.is === 'error') {
      this.error ??= { value: answer.error }
      const isLayer = isAskable(node.layer)
      const why = `the request fails here: ${messageOf(answer.error)}`
      this.#skip(stage.position, node, isLayer ? 'undecodable' : 'no-layer', why)
    } else if (node.kind === 'route') this.#meetRoute(stage, node, answer)
    else this.#meetMiddleware(stage, node, answer)
  }

  /** Parity: what is no layer, such as the hole that `delete` leaves, makes the request fail. */
  #meetJunk(layer: unknown): void {
    if (!isAskable(layer)) this.error ??= { value: new TypeError('what stands in the stack is no layer') }
  }

  #meetRoute(stage: Stage, node: LayerNode, match: Match): void {
    const { position, allowed } = stage
    const route = node.layer.route as StackRoute
    if (this.error !== null) {
      this.#skip(position, node, 'pending-error', 'a route does not run while an error is on its way')
      return
    }
    const isTaken = takesMethod(route, this.#method)
    const taken = node.methods.length === 0 ? 'no method' : node.methods.join(', ')
    if (!isTaken && allowed !== null) allowed.push(...methodsOfRoute(route))
    if (!isTaken && this.#method !== 'HEAD') {
      this.#skip(position, node, 'method', `the path matches, but it takes ${taken}`)
      return
    }
    const inside = this.#withParams(stage, match)
    if (!isTaken) {
      // Parity: HEAD enters a route without GET and runs the callbacks of its parameters, but none of its handlers.
      this.#skip(inside, node, 'method', `the path matches, but it takes ${taken}, and HEAD needs GET`)
      return
    }
    this.entered.push(route)
    this.#run(inside, node)
    this.#runHandlers({ ...inside, depth: inside.depth + 1 }, node, effectiveMethod(route, this.#method))
  }

  /** The handlers of a route, by method. */
  #runHandlers(position: Position, node: LayerNode, method: string): void {
    const answerer = answererOf(node, method)
    for (const child of node.children) {
      const { handler, layer } = child
      if (layer.method && layer.method !== method) {
        this.#skip(position, child, 'method', `is for ${layer.method.toUpperCase()}`)
      } else if (handler !== null && handler.length > 3) {
        this.#skipByParameters(position, child, handler)
      } else {
        const step = this.#run(position, child)
        if (child === answerer) this.answerer ??= step
      }
    }
  }

  #meetMiddleware(stage: Stage, node: LayerNode, match: Match): void {
    const inside = cutPrefix(this.#withParams(stage, match), match.path, stage.path)
    if (inside === null) {
      const why = `${match.path} ends within a segment of ${stage.path}`
      this.#skip(stage.position, node, 'part-of-a-segment', why)
      return
    }
    const handler = node.handler as AnyHandler
    if (this.error !== null && handler.length !== 4) {
      this.#skip(inside, node, 'pending-error', 'only error handlers run while an error is on its way')
      return
    }
    if (this.error === null && handler.length > 3) {
      this.#skipByParameters(inside, node, handler)
      return
    }
    const layer = this.#run(
      inside,
      node,
      node.name === 'serveStatic' ? 'answers when there is such a file' : '',
    )
    const owner = ownerInside(node.layer)
    if (owner !== null) this.#enter(owner, node, { ...inside, depth: inside.depth + 1 })
    else if (this.error !== null || takesNoNext(handler)) this.answerer ??= layer
  }

  #enter(owner: Owner, node: LayerNode, position: Position): void {
    if (position.depth <= DEEPEST && this.#count <= MOST_LAYERS) {
      this.#through(owner, node.children, position)
      return
    }
    const text = `the ${node.kind} at ${node.paths.map(String).join(', ')} is mounted in itself: the request goes round`
    this.over = { by: 'endless', status: null, layer: null, text }
  }

  /**
   * Where the layer stands, with its parameters, after their callbacks have run. Parity: once for each value, and before it is
   * looked whether the prefix ends where a segment does.
   */
  #withParams({ router, position, called }: Stage, match: Match): Position {
    const params = router.mergeParams ? mergeParams(match.params, position.params) : match.params
    const inside = { ...position, params }
    const { params: callbacks } = router as { params?: Record<string, unknown> }
    for (const key of match.keys) {
      const value = params[key]
      const functions = callbacks?.[key]
      if (value === undefined || !Array.isArray(functions)) continue
      if (called.has(key) && called.get(key) === value) continue
      called.set(key, value)
      for (const fn of functions as AnyHandler[]) {
        this.layers.push(explainParam(key, fn, inside, this.#outcome()))
      }
    }
    return inside
  }

  #run(position: Position, node: LayerNode, note = ''): ExplainedLayer {
    const layer = explainLayer(node, position, this.#outcome(note))
    this.#count++
    this.layers.push(layer)
    return layer
  }

  #outcome(note = ''): Outcome {
    if (this.answerer !== null) {
      return { verdict: 'unreached', reason: 'none', why: `only if ${this.answerer.name} calls next` }
    }
    return { verdict: 'runs', reason: 'none', why: this.error === null ? note : 'gets the error' }
  }

  #skipByParameters(position: Position, node: LayerNode, handler: AnyHandler): void {
    if (handler.length === 4)
      this.#skip(position, node, 'no-error', 'an error handler, and there is no error')
    else
      this.#skip(
        position,
        node,
        'parameters',
        `takes ${handler.length} parameters: such a function never runs`,
      )
  }

  #skip(position: Position, node: LayerNode, reason: SkipReason, why: string): void {
    this.#count++
    if (this.#listsSkipped)
      this.layers.push(explainLayer(node, position, { verdict: 'skipped', reason, why }))
  }
}

/** What refuses to be looked at, such as a revoked proxy, can't be asked either. */
function isAskable(layer: unknown): boolean {
  try {
    return typeof (layer as StackLayer | null | undefined)?.match === 'function'
  } catch {
    return false
  }
}

export function messageOf(error: unknown): string {
  try {
    return error instanceof Error ? error.message : String(error)
  } catch {
    return 'an error that says nothing'
  }
}
