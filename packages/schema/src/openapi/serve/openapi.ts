import type { AnyApplication, AnyHandler, LayerNode, StackRouter } from '@nozomi/insight/layers'
import { readLayers } from '@nozomi/insight/layers'
import type { NextFunction, Request, Response } from 'express-serve-static-core'
import { assertMembers, refuse, show } from '../../problems/given.js'
import { assertBase } from '../document.js'
import { LiveDocument } from '../live-document.js'
import type { DocumentOptions } from '../types/document-options.js'
import type { ServerObject } from '../types/document.js'
import { ASSETS, findSwaggerUi, formatPage, formatPolicy, formatStart, type SwaggerUi } from './docs-page.js'
import { pathOfHandler } from './mounted-on.js'
import { addressOfRoot, relativeAddress } from './relative-address.js'
import { type Representation, representationOf, Representations } from './representation.js'
import type { OpenApiOptions } from './serve-options.js'

/** What `openapi()` returns: middleware, for tools with what it was made of. */
export interface OpenApiMiddleware {
  (req: Request, res: Response, next: NextFunction): void
  readonly '~openapi': { readonly app: AnyApplication | StackRouter; readonly options: OpenApiOptions }
}

/** Marks the requests that are answered here: they are none of the API's. Read by `drift()`. */
const DOCUMENTATION = Symbol.for('nozomi.schema.documentation')

type Answer = (res: Response, next: NextFunction) => void

/**
 * Serves the OpenAPI document of an application, as `/openapi.json` and `/openapi.yaml`, and a page to read it and to try it, `/docs`.
 *
 * The document is made at the first request for it, and again when routes have been added since; it has an ETag. The page is Swagger
 * UI from `swagger-ui-dist`, with nothing from elsewhere, and with a Content-Security-Policy under which no script of the page's
 * own text runs. All addresses are relative, so it works wherever the application is mounted, and behind a proxy that takes a
 * prefix away.
 *
 * Whoever may not see the document is to be kept out by middleware before it: `app.use('/internal', requireStaff, openapi(…))`.
 *
 * @param app whose routes are described: the application itself, or a Router of it
 * @throws TypeError for a missing title or version, for what is no path, and for an option that there is not; SchemaError
 * `NOZOMI_SCHEMA_SWAGGER_UI` where that package is not installed.
 */
export function openapi(app: AnyApplication | StackRouter, options: OpenApiOptions): OpenApiMiddleware {
  assertApp(app)
  assertMembers('openapi()', 'options', options, OPTIONS)
  const { path, docs } = pathsOf(options)
  assertInfo(options.info)
  assertBase(options.base)
  const live = new LiveDocument(app, () =>
    withServers(app, options, { middleware: openapiDocs as AnyHandler, path }),
  )
  const representations = new Representations()
  const answers = new Map<string, Answer>()
  for (const format of ['json', 'yaml'] as const) {
    answers.set(`${path}.${format}`, (res) => sendText(res, representations.of(live.current, format)))
  }
  if (docs !== null) {
    for (const [at, answer] of pageAnswers(docs, path, { live, options })) answers.set(at, answer)
  }

  function openapiDocs(req: Request, res: Response, next: NextFunction): void {
    const answer = req.method === 'GET' || req.method === 'HEAD' ? answers.get(req.path) : undefined
    if (answer === undefined) {
      next()
      return
    }
    ;(req as { [DOCUMENTATION]?: true })[DOCUMENTATION] = true
    answer(res, next)
  }
  return Object.assign(openapiDocs, { '~openapi': { app, options } })
}

/** The options of the first `openapi()` of an application; null when it has none. */
export function openapiOptionsOf(app: AnyApplication | StackRouter): OpenApiOptions | null {
  const find = (nodes: readonly LayerNode[]): OpenApiOptions | null => {
    for (const { handler, children } of nodes) {
      const own = (handler as Partial<OpenApiMiddleware> | null)?.['~openapi']?.options
      const found = own ?? find(children)
      if (found !== null) return found
    }
    return null
  }
  return find(readLayers(app))
}

const OPTIONS: readonly (keyof OpenApiOptions)[] = [
  'info',
  'path',
  'docs',
  'ui',
  'base',
  'servers',
  'tags',
  'externalDocs',
  'securitySchemes',
  'security',
  'components',
  'include',
  'problems',
]

/** No more than this: looking into an application of Express makes its router, and settings come too late for that. */
function assertApp(app: unknown): void {
  if (typeof app === 'function') return
  refuse(
    'openapi()',
    'app',
    `is ${show(app)}`,
    'give the application, and the options behind it: openapi(app, { info })',
  )
}

function pathsOf({ path = '/openapi', docs = '/docs' }: OpenApiOptions): {
  path: string
  docs: string | null
} {
  for (const [name, value, right] of [
    ['path', path, '/openapi'],
    ['docs', docs, '/docs'],
  ] as const) {
    if (value === false && name === 'docs') continue
    if (typeof value === 'string' && /^\/.*[^/]$/.test(value)) continue
    throw new TypeError(`openapi(): ${name} must be a path such as ${right}, not ${show(value)}`)
  }
  if (/\.(?:json|yaml)$/.test(path)) {
    throw new TypeError(
      `openapi(): path is given without .json, which is put behind it, as .yaml is; not ${JSON.stringify(path)}`,
    )
  }
  return { path, docs: docs === false ? null : docs }
}

function assertInfo(info: Partial<OpenApiOptions['info']> | undefined): void {
  if (typeof info?.title === 'string' && typeof info.version === 'string') return
  throw new TypeError(
    "openapi() needs the title and the version of the API: info: { title: 'Users', version: '1.0.0' }",
  )
}

/** The address of the application, as seen from the document, where no servers are given. */
function withServers(
  app: AnyApplication | StackRouter,
  options: OpenApiOptions,
  { middleware, path }: { middleware: AnyHandler; path: string },
): DocumentOptions {
  if (options.servers !== undefined) return options
  const own = pathOfHandler(app, middleware)
  const { base = '' } = options
  const root = own === null ? addressElsewhere(app) : addressOfRoot(join(own, path))
  return { ...options, servers: [{ url: base === '' ? root : root.replace(/\/$/, '') + base }] }
}

function join(prefix: string, path: string): string {
  return prefix === '/' ? path : prefix + path
}

/** Of an application that is served beside this middleware, and not around it. */
function addressElsewhere(app: AnyApplication | StackRouter): ServerObject['url'] {
  const { path } = app as { path?: unknown }
  const own: unknown = typeof path === 'function' ? path.call(app) : ''
  return typeof own === 'string' && own !== '' ? own : '/'
}

/** What is needed to serve the page. */
interface Served {
  readonly live: LiveDocument
  readonly options: OpenApiOptions
}

function pageAnswers(docs: string, path: string, { live, options }: Served): [string, Answer][] {
  const swaggerUi = findSwaggerUi()
  const { version } = swaggerUi
  const folder = `${docs.split('/').at(-1)}/`
  const page = representationOf(formatPage(options.info.title, folder, version), 'text/html')
  const address = relativeAddress(docs, `${path}.json`)
  const start = representationOf(formatStart(address, options.ui ?? {}), 'text/javascript')
  return [
    [docs, (res) => void sendText(res.set('Content-Security-Policy', formatPolicy(live.current)), page)],
    // The addresses of the page are relative to it without a slash.
    [`${docs}/`, (res) => res.redirect(308, `../${folder.slice(0, -1)}`)],
    [`${docs}/start.js`, (res) => sendText(res, start)],
    ...ASSETS.map((file): [string, Answer] => [`${docs}/${version}/${file}`, sendAsset(file, swaggerUi)]),
  ]
}

function sendText(res: Response, { text, type, tag }: Representation): void {
  res.set({
    'Content-Type': type,
    ETag: tag,
    'Cache-Control': 'no-cache',
    'X-Content-Type-Options': 'nosniff',
  })
  res.send(text)
}

/** The version is in the address: what was fetched once need not be asked for again. */
function sendAsset(file: string, { folder }: SwaggerUi): Answer {
  return function swaggerAsset(res, next) {
    res.set({ 'Cache-Control': 'public, max-age=31536000, immutable', 'X-Content-Type-Options': 'nosniff' })
    res.sendFile(file, { root: folder, cacheControl: false }, (error) => {
      if (error && !res.headersSent) next(error)
    })
  }
}
