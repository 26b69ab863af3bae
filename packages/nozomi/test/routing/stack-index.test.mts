import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import nozomi from 'nozomi'
import { compilePath } from '#dist/routing/pattern/compile.js'
import type { Layer } from '#dist/routing/layer.js'
import type { Router } from '#dist/routing/router.js'
import { watchedStack } from '#dist/routing/watched-stack.js'

/*
 * The index of a stack against the linear walk. Both walk the same random routers: a stack that was put in the place
 * of a router's own is walked, so the walk needs no switch. fast-check prints the seed and the smallest case.
 */

type Path = string | RegExp | (string | RegExp)[]

/** What a handler does to the request, or to the stack that it stands in, before it goes on. */
const actions = {
  next: () => {},
  rewrite: (req: Request) => {
    req.url = '/a/b?rewritten'
  },
  rewriteHome: (req: Request) => {
    req.url = '/'
  },
  add: (_req: Request, router: Router, handler: Handler) => void router.use('/a', handler),
  addRoute: (_req: Request, router: Router, handler: Handler) => void router.get('/:late', handler),
  removeFirst: (_req: Request, router: Router) => void router.stack.shift(),
  removeLast: (_req: Request, router: Router) => void router.stack.pop(),
  lastToFirst: (_req: Request, router: Router) => void router.stack.unshift(router.stack.pop() as Layer),
  reverse: (_req: Request, router: Router) =>
    void router.stack.splice(0, router.stack.length, ...router.stack.toReversed()),
  replace: (_req: Request, router: Router) => {
    router.stack[router.stack.length - 1] = router.stack[0] as Layer
  },
  shorten: (_req: Request, router: Router) => {
    router.stack.length = Math.max(1, router.stack.length - 2)
  },
  otherPattern: (_req: Request, router: Router) => {
    const layer = router.stack.at(-1) as Layer
    layer.matchers = [compilePath('/b', { end: false }).matcher]
  },
  otherPatternInPlace: (_req: Request, router: Router) => {
    const layer = router.stack.at(-1) as Layer
    layer.matchers[0] = compilePath('/b', { end: false }).matcher
  },
  copy: (_req: Request, router: Router) => {
    const layer = router.stack.at(-1) as Layer
    router.stack[0] = Object.assign(Object.create(Object.getPrototypeOf(layer) as object) as Layer, layer)
  },
  derived: (_req: Request, router: Router) => {
    router.stack[0] = Object.create(router.stack.at(-1) as Layer) as Layer
  },
  wrapped: (_req: Request, router: Router) => {
    router.stack[0] = new Proxy(router.stack.at(-1) as Layer, {})
  },
  hole: (_req: Request, router: Router) => {
    delete router.stack[router.stack.length - 2]
  },
  everyPath: (_req: Request, router: Router) => {
    ;(router.stack.at(-1) as Layer).slash = true
  },
  ownMatch: (_req: Request, router: Router) => {
    const layer = router.stack.at(-1) as Layer
    layer.match = (path) => ({ path: '', params: { asked: path } })
  },
}
type Action = keyof typeof actions
type Request = { method: string; url: string; baseUrl?: string; params?: object; route?: { path: unknown } }
type Handler = (req: Request, res: object, next: (error?: unknown) => void) => void

interface Plan {
  options: { caseSensitive?: boolean; strict?: boolean; mergeParams?: boolean }
  layers: { kind: 'use' | 'get' | 'post' | 'all' | 'mount'; path: Path; action: Action; plan: Plan | null }[]
}

const segments = ['a', 'b', 'A', 'users', 'ä', 'a.b', '%61', '']
const patterns = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .array(fc.constantFrom(...segments, ':x', ':y', '*rest', 'a:x', ':x.txt', 'a{b}', 'a{/b}'), {
        maxLength: 4,
      })
      .map((parts) => `/${parts.join('/')}`)
      .filter(isPattern),
  },
  { weight: 1, arbitrary: fc.constantFrom('/a/:x(\\d+)', '/a/:x?', '/a/*', '/us?ers', '/a/b:x*', '/a/(b)?') },
  { weight: 1, arbitrary: fc.constantFrom<string | RegExp>('', '/', '/a{/:x}/b', '{/:x}/a', 'a', '*rest') },
  { weight: 1, arbitrary: fc.constantFrom(/^\/a/, /b$/, /^\/(?<named>[^/]+)\/?$/, /.*/) },
)
const paths: fc.Arbitrary<Path> = fc.oneof(
  { weight: 6, arbitrary: patterns },
  { weight: 1, arbitrary: fc.array(patterns, { minLength: 1, maxLength: 3 }) },
)
const targets = fc
  .array(fc.constantFrom(...segments, '7', '%zz', 'c'), { maxLength: 5 })
  .map((parts) => `/${parts.join('/')}`)

const plans: fc.Arbitrary<Plan> = fc.letrec<{ plan: Plan }>((tie) => ({
  plan: fc.record({
    options: fc.record(
      { caseSensitive: fc.boolean(), strict: fc.boolean(), mergeParams: fc.boolean() },
      { requiredKeys: [] },
    ),
    layers: fc.array(
      fc.record({
        kind: fc.constantFrom('use', 'use', 'get', 'get', 'post', 'all', 'mount' as const),
        path: paths,
        action: fc.oneof(
          { weight: 12, arbitrary: fc.constant<Action>('next') },
          { weight: 5, arbitrary: fc.constantFrom(...(Object.keys(actions) as Action[])) },
        ),
        plan: fc.option(tie('plan'), { maxDepth: 2, depthSize: 'xsmall' }),
      }),
      // Longer than the stacks that are walked because they are short.
      { minLength: 9, maxLength: 16, size: 'max' },
    ),
  }),
})).plan

/** A pattern that Express 5 or Express 4 has a meaning for. */
function isPattern(pattern: string): boolean {
  try {
    compilePath(pattern, {})
    return true
  } catch {
    return false
  }
}

/** Builds the routers of a plan; what runs says so in `trace`. */
function build(plan: Plan, isIndexed: boolean, trace: unknown[], name = ''): Router {
  const router = nozomi.Router(plan.options) as unknown as Router
  for (const [i, { kind, path, action, plan: inner }] of plan.layers.entries()) {
    const id = `${name}/${i}`
    const late: Handler = (req, _res, next) => {
      trace.push(['late', id, req.url])
      next()
    }
    let runs = 0
    const handler: Handler = (req, _res, next) => {
      trace.push([id, req.url, req.baseUrl, { ...req.params }, req.route?.path])
      // A few times only: additions by additions would never end.
      if (runs++ < 2) actions[action](req, router, late)
      next()
    }
    if (kind === 'mount' && inner !== null) router.use(path, build(inner, isIndexed, trace, id))
    else router[kind === 'mount' ? 'use' : (kind as 'get')](path as string, handler)
  }
  if (!isIndexed) router.stack = [...router.stack]
  return router
}

/** Sends a request through a router, until it is answered or comes back. */
function run(router: Router, method: string, url: string, trace: unknown[]): Promise<void> {
  return new Promise((resolve) => {
    function end(entry: unknown): void {
      trace.push(entry)
      resolve()
    }
    const res = { setHeader: (...field: unknown[]) => trace.push(field), end }
    router.handle({ method, url }, res, (error) => end(['done', String(error)]))
  })
}

const CASES = Number(process.env['INDEX_CASES'] ?? 10_000)
const REQUESTS_A_PLAN = 20

describe('the index of a stack', () => {
  it(`runs what the linear walk runs, in ${CASES} random cases`, async (t) => {
    let ran = 0
    const method = fc.constantFrom('GET', 'GET', 'GET', 'HEAD', 'POST', 'OPTIONS')
    const requests = fc.array(fc.tuple(method, targets), {
      minLength: REQUESTS_A_PLAN,
      maxLength: REQUESTS_A_PLAN,
    })
    await fc.assert(
      fc.asyncProperty(plans, requests, async (plan, asked) => {
        const indexed: unknown[] = []
        const walked: unknown[] = []
        const withIndex = build(plan, true, indexed)
        const withWalk = build(plan, false, walked)
        for (const [verb, url] of asked) {
          await run(withIndex, verb, url, indexed)
          await run(withWalk, verb, url, walked)
          assert.deepEqual(indexed, walked, `${verb} ${url}`)
        }
        ran += indexed.length
      }),
      { numRuns: Math.ceil(CASES / REQUESTS_A_PLAN) },
    )
    assert.ok(ran > CASES, `only ${ran} handlers ran`)
    t.diagnostic(`${ran} handlers ran`)
  })

  it('asks the layers that can match, and no others', () => {
    const router = nozomi.Router() as unknown as Router
    for (let i = 0; i < 1000; i++) router.get(`/page${i}/:id`, ((_req, _res, next) => next()) as Handler)
    const stack = router[watchedStack]
    // The first look-ups walk.
    for (let i = 0; i < 5; i++) stack.candidates('/none')
    assert.deepEqual(stack.candidates('/page777/1'), [777])
    assert.deepEqual(stack.candidates('/PAGE777/'), [777])
    assert.deepEqual(stack.candidates('/none'), [])
    router.use('/page777', ((_req, _res, next) => next()) as Handler)
    router.use(((_req, _res, next) => next()) as Handler)
    assert.deepEqual(stack.candidates('/page777/1'), [777, 1000, 1001])
  })
})
