import {
  type AnyApplication,
  type AnyHandler,
  type LayerNode,
  type Place,
  placeOf,
  type RouteWay,
  routeWays,
  type StackRouter,
  takesNoNext,
} from '@nozomi/insight/layers'
import type { Contract } from '../types/contract.js'
import type { ValidateOptions } from '../types/options.js'
import { attachedTo, mergeContracts } from './contract-of.js'
import { contractOfFields } from './found/fields-contract.js'
import { foundIn } from './found/found-in.js'
import type { FoundFor, FoundRules, FoundSource } from './found/found-rules.js'
import type { PathParameter } from './paths/path-piece.js'
import { type PathTemplate, templatesOf } from './paths/path-templates.js'
import { readMarks, type VersionMark } from './version-marks.js'

/** Where the contract of an operation is from; `path` when nothing says more than the path. */
export type OperationSource = 'contract' | FoundSource | 'path'

/** A contract that one step on the way to a route brings. */
export interface ContractStep {
  readonly contract: Contract
  /** Of `validate()`; null for what was found in other middleware. */
  readonly options: ValidateOptions | null
  readonly source: Exclude<OperationSource, 'path'>
}

/** One method of one route, with all that is known of what it takes and answers. */
export interface Operation {
  /** In upper case; `ALL` for every method, or for every other one of the route. */
  readonly method: string
  /** As registered, with the paths of its mounts: `/api/users/:id`. */
  readonly path: string
  /**
   * The same as templates of OpenAPI, several when something can be left out. None when a template can't say it, or when
   * stock Express before 5.3 did not keep the path of a mount.
   */
  readonly templates: readonly PathTemplate[]
  /** Those of all templates. */
  readonly parameters: readonly PathParameter[]
  /** What all steps say together; the later one wins. */
  readonly contract: Contract
  /** Each step that a request passes for certain, in order: middleware before the route, and its handlers. */
  readonly steps: readonly ContractStep[]
  /** The versions of `version()` that it is in, the outermost first. */
  readonly versions: readonly string[]
  /** The names of the middleware that a request passes for certain. */
  readonly middleware: readonly string[]
  /** The handlers of this method, in order. */
  readonly handlers: readonly AnyHandler[]
  /** Where it was registered. */
  readonly place: Place | null
  readonly source: OperationSource
  /** It is for every method and gives requests on, as in `app.all('/admin/*path', requireAdmin)`: no end of anything. */
  readonly isGuard: boolean
  /** Its last handler can't give a request on. */
  readonly isEnd: boolean
}

/**
 * The routes of an application as registered, in order: one operation for each method and each path.
 *
 * @throws TypeError when `app` is neither an application of Nozomi or Express 5 nor a Router.
 */
export function operationsOf(app: AnyApplication | StackRouter): Operation[] {
  const marksOf = readMarks(app)
  return routeWays(app).map((way) => operationOf(way, marksOf(way.route)))
}

function operationOf(way: RouteWay, marks: readonly VersionMark[]): Operation {
  const { method, pattern, handlers } = way
  const templates = templatesOf(way.parts)
  const passed = [...way.before.filter(({ runs }) => runs === 'always').map(({ node }) => node), ...handlers]
  const parameters = new Map(
    templates.flatMap((template) => template.parameters.map((one) => [one.name, one])),
  )
  const steps = stepsOf(passed, { method, parameters: new Set(parameters.keys()) })
  const last = handlers.at(-1)?.handler
  return {
    method,
    path: pattern,
    templates,
    parameters: [...parameters.values()],
    contract: contractOf(steps, way, marks),
    steps,
    versions: marks.flatMap(({ name }) => name ?? []),
    middleware: passed.slice(0, passed.length - handlers.length).map(({ name }) => name),
    handlers: handlers.flatMap(({ handler }) => handler ?? []),
    get place() {
      return placeOf(way.route)
    },
    source: steps.find(({ source }) => source === 'contract')?.source ?? steps[0]?.source ?? 'path',
    isGuard: way.isGuard,
    isEnd: last !== undefined && last !== null && takesNoNext(last),
  }
}

/** The contracts of what a request passes; what several chains of express-validator say is one. */
function stepsOf(passed: readonly LayerNode[], found: FoundFor): ContractStep[] {
  const steps: ContractStep[] = []
  const rules: FoundRules[] = []
  for (const { handler } of passed) {
    if (handler === null || handler.length > 3) continue
    const attached = attachedTo(handler)
    if (attached !== null) {
      const { contract, options } = attached
      steps.push({ contract, options, source: 'contract' })
      continue
    }
    const one = foundIn(handler)
    if (one === null) continue
    if (one.contract !== null) steps.push({ contract: one.contract, options: null, source: one.source })
    rules.push(one)
  }
  const fields = contractOfFields(
    rules.flatMap((one) => one.fields),
    found,
  )
  if (fields !== null) steps.unshift({ contract: fields, options: null, source: 'express-validator' })
  return withoutGuesses(steps)
}

/** Where a contract says what a part of a request is, what was found besides does not count. */
function withoutGuesses(steps: readonly ContractStep[]): ContractStep[] {
  const said = new Set(steps.flatMap((one) => (one.source === 'contract' ? Object.keys(one.contract) : [])))
  return steps.flatMap((step) => {
    if (step.source === 'contract') return [step]
    const found = Object.entries(step.contract).filter(([part]) => !said.has(part))
    return found.length === 0 ? [] : [{ ...step, contract: Object.fromEntries(found) as Contract }]
  })
}

/** An id is that of one operation: what a middleware before many routes says of it is none. */
function contractOf(
  steps: readonly ContractStep[],
  { handlers }: RouteWay,
  marks: readonly VersionMark[],
): Contract {
  const isDeprecated = marks.some((mark) => mark.isDeprecated)
  const merged = steps.reduce<Contract>(
    (all, { contract }) => mergeContracts(all, contract),
    isDeprecated ? { deprecated: true } : {},
  )
  const { operationId, ...rest } = merged
  const isOwn = handlers.some(
    ({ handler }) => handler !== null && attachedTo(handler)?.contract.operationId === operationId,
  )
  return operationId !== undefined && isOwn ? merged : rest
}
