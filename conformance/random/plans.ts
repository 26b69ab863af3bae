import fc from 'fast-check'

/** A tree of routers as plain data, so that it can be built twice and be printed. */
export interface Plan {
  tree: Tree
  requests: Request[]
}

export interface Tree {
  options: { mergeParams?: boolean; caseSensitive?: boolean; strict?: boolean }
  /** Names of params that have a callback. */
  params: string[]
  layers: Layer[]
}

export type Layer =
  | { kind: 'use'; path: Path; handlers: Handler[] }
  | { kind: 'route'; path: Path; verb: Verb; handlers: Handler[] }
  | { kind: 'mount'; path: Path; tree: Tree }

export type Path = string | RegExp | (string | RegExp)[]
export type Verb = 'get' | 'post' | 'all' | 'head' | 'options'

/** What a handler does when it runs. The names beginning with `error` are error handlers. */
export type Handler =
  | 'next'
  | 'later'
  | 'answer'
  | 'route'
  | 'router'
  | 'fail'
  | 'throw'
  | 'reject'
  | 'rewrite'
  | 'errorNext'
  | 'errorForgive'
  | 'errorAnswer'

export interface Request {
  method: string
  url: string
}

const strings = [
  '/',
  '',
  '/a',
  '/A',
  '/a/',
  '/a/b',
  '/:x',
  '/:y',
  '/a/:x',
  '/:x/b',
  '/:x/:y',
  '/*rest',
  '/a/*rest',
]
strings.push('/a{/:y}', '{/:x}/b', '/a-:x', '/:x.:y', '/%61', '/ä')
const regexps = [/^\/a/, /^\/(a|b)(\/.)?/, /b$/, /^\/(?<named>[^/]+)\/?$/, /.*/i]

const onePath = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('/', '/a', '/:x') },
  { weight: 6, arbitrary: fc.constantFrom(...strings) },
  { weight: 1, arbitrary: fc.constantFrom(...regexps) },
)
const path: fc.Arbitrary<Path> = fc.oneof(
  { weight: 8, arbitrary: onePath },
  { weight: 1, arbitrary: fc.array(onePath, { minLength: 1, maxLength: 3 }) },
)

const handler: fc.Arbitrary<Handler> = fc.oneof(
  { weight: 8, arbitrary: fc.constant<Handler>('next') },
  {
    weight: 6,
    arbitrary: fc.constantFrom<Handler>(
      'later',
      'route',
      'router',
      'fail',
      'throw',
      'reject',
      'rewrite',
      'answer',
    ),
  },
  { weight: 3, arbitrary: fc.constantFrom<Handler>('errorNext', 'errorForgive', 'errorAnswer') },
)
const handlers = fc.array(handler, { minLength: 1, maxLength: 3 })

const tree: fc.Arbitrary<Tree> = fc.letrec<{ tree: Tree; layer: Layer }>((tie) => ({
  tree: fc.record({
    options: fc.record(
      { mergeParams: fc.boolean(), caseSensitive: fc.boolean(), strict: fc.boolean() },
      { requiredKeys: [] },
    ),
    params: fc.subarray(['x', 'y']),
    layers: fc.array(tie('layer'), { minLength: 1, maxLength: 8, size: 'max' }),
  }),
  layer: fc.oneof(
    { maxDepth: 3, withCrossShrink: true, depthSize: 'small' },
    fc.record({ kind: fc.constant('use' as const), path, handlers }),
    fc.record({
      kind: fc.constant('route' as const),
      path,
      verb: fc.constantFrom<Verb>('get', 'get', 'get', 'post', 'all', 'head', 'options'),
      handlers,
    }),
    fc.record({ kind: fc.constant('mount' as const), path, tree: tie('tree') }),
  ),
})).tree

const segment = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('a', 'b') },
  { weight: 1, arbitrary: fc.constantFrom('A', 'c', '', 'a-b', 'a.b', '%61', '%zz', '%2F', 'ä') },
)
const target = fc
  .tuple(fc.array(segment, { maxLength: 4 }), fc.constantFrom('', '', '/', '?q=/a', '#f'))
  .map(([segments, end]) => `/${segments.join('/')}${end}`)

const request: fc.Arbitrary<Request> = fc.record({
  method: fc.constantFrom('GET', 'GET', 'GET', 'HEAD', 'POST', 'OPTIONS'),
  // No targets with an origin: once a mount has taken the whole path of one, Express cuts it up at random.
  url: target,
})

export const plans: fc.Arbitrary<Plan> = fc.record({
  tree,
  requests: fc.array(request, { minLength: 1, maxLength: 4 }),
})
