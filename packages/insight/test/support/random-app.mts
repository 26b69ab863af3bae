import fc from 'fast-check'
import type { FRAMEWORKS } from './frameworks.mjs'

/*
 * Random applications whose every handler calls `next` and notes that it ran. They are drawn as data, so that one is made on both
 * frameworks, and so that fast-check can make a failing one smaller.
 */

type Framework = (typeof FRAMEWORKS)[number]['framework']
type Path = string | RegExp | (string | RegExp)[]

interface Settings {
  caseSensitive: boolean
  strict: boolean
  mergeParams: boolean
}

export type Part =
  | { is: 'use'; path: Path | null; arity: number }
  | { is: 'route'; path: Path; handlers: { method: string; arity: number }[] }
  | { is: 'router' | 'app'; path: Path; settings: Settings; parts: Part[] }
  | { is: 'param'; name: string }

export interface RandomApp {
  settings: Settings
  parts: Part[]
}

/** What a handler saw when it ran. */
export interface Seen {
  handler: unknown
  url: string
  baseUrl: string
  params: unknown
}

const PATHS: Path[] = [
  '/',
  '/a',
  '/A',
  '/b',
  '/a/b',
  '/a/',
  '/:x',
  '/:x/b',
  '/a/:y',
  '/:x/:y',
  '/*rest',
  '/a{/:z}',
  '/ab',
  '/:x-:y',
  /^\/a/,
  /\/(b)$/,
  /^\/(?<x>[^/]+)/g,
  ['/a', '/b/:y'],
  [/^\/b/, '/:x'],
] // prettier-ignore

/** What takes much is drawn more often, so that requests come far. */
const path = fc.oneof(fc.constantFrom(...PATHS), fc.constantFrom<Path>('/', '/a', '/:x'))
const settings = fc.record({ caseSensitive: fc.boolean(), strict: fc.boolean(), mergeParams: fc.boolean() })
const arity = fc.constantFrom(3, 3, 3, 0, 2, 4, 4, 4, 5)
const handler = fc.record({ method: fc.constantFrom('get', 'get', 'post', 'head', 'options', 'all'), arity })

const { parts } = fc.letrec<{ parts: Part[]; part: Part }>((tie) => ({
  parts: fc.array(tie('part'), { maxLength: 6, size: 'max' }),
  part: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.record({ is: fc.constant('use' as const), path: fc.option(path, { freq: 2 }), arity }),
    fc.record({
      is: fc.constant('route' as const),
      path,
      handlers: fc.array(handler, { minLength: 1, maxLength: 3 }),
    }),
    fc.record({ is: fc.constant('param' as const), name: fc.constantFrom('x', 'y', 'z', '0') }),
    fc.record({
      is: fc.constantFrom('router' as const, 'app' as const),
      path,
      settings,
      parts: tie('parts'),
    }),
  ),
}))

export const randomApp: fc.Arbitrary<RandomApp> = fc.record({
  settings,
  parts: parts as fc.Arbitrary<Part[]>,
})

const segment = fc.constantFrom('a', 'a', 'a', 'b', 'A', 'ab', 'c', 'a-b', '%61', '%E0', '%E0', '')

export const randomRequest = fc.record({
  method: fc.constantFrom('GET', 'GET', 'POST', 'HEAD', 'OPTIONS', 'OPTIONS', 'PUT'),
  url: fc
    .tuple(fc.array(segment, { maxLength: 4, size: 'max' }), fc.constantFrom('', '', '/', '?q=1', '/?q=/a'))
    .map(([segments, end]) => `/${segments.join('/')}${end}`),
})

/** Makes the application; what runs is added to `ran`. */
export function makeApp(framework: Framework, { settings, parts }: RandomApp, ran: Seen[]): any {
  const app = framework() as any
  app.set('env', 'test')
  if (settings.caseSensitive) app.enable('case sensitive routing')
  if (settings.strict) app.enable('strict routing')
  for (const part of parts) addPart(framework, app, part, ran)
  return app
}

function addPart(framework: Framework, owner: any, part: Part, ran: Seen[]): void {
  if (part.is === 'use') {
    const fn = handlerOf(part.arity, ran)
    if (part.path === null) owner.use(fn)
    else owner.use(part.path, fn)
  } else if (part.is === 'route') {
    const route = owner.route(part.path)
    for (const { method, arity } of part.handlers) route[method](handlerOf(arity, ran))
  } else if (part.is === 'param') {
    owner.param(part.name, paramOf(ran))
  } else {
    const inside = part.is === 'app' ? makeApp(framework, part, ran) : framework.Router(part.settings)
    if (part.is === 'router') for (const one of part.parts) addPart(framework, inside, one, ran)
    owner.use(part.path, inside)
  }
}

const counter = { next: 0 }

/** A handler with a number of parameters; one for errors hands them on. */
function handlerOf(arity: number, ran: Seen[]): unknown {
  const fn = function handler(this: unknown, ...args: any[]) {
    const hasError = arity >= 4
    const [req, , next] = hasError ? args.slice(1) : args
    ran.push(seenBy(fn, req))
    next(...(hasError ? [args[0]] : []))
  }
  // Its name says which it is: the route list gives names.
  Object.defineProperties(fn, { length: { value: arity }, name: { value: `handler-${counter.next++}` } })
  // So that nobody takes one with two parameters to answer: it gets at its `arguments`.
  return fn
}

function paramOf(ran: Seen[]): unknown {
  return function param(req: any, _res: unknown, next: () => void) {
    ran.push(seenBy(param, req))
    next()
  }
}

function seenBy(handler: unknown, { url, baseUrl, params }: any): Seen {
  return { handler, url, baseUrl, params: JSON.stringify(params) }
}
