import { readFileSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import type { RequestRecord } from '../types/record.js'
import { refusalOfForeignPage, refusalOfStranger } from './access.js'
import { answerApi } from './api.js'
import { logIn, sendLogin } from './login.js'
import { type InspectorRequest, type InspectorResponse, refuse, send } from './messages.js'
import { createPage, type Page } from './page.js'
import { hasToken, SHORTEST_TOKEN } from './session.js'
import type { InspectorSource } from './source.js'
import { Streams } from './stream.js'

export interface InspectorOptions {
  /** Where the page is, below where the middleware is used. Default: `/_inspector`. */
  readonly path?: string
  /** What a client must have, of at least 16 characters. Without one, clients on this machine alone may look. */
  readonly token?: string | undefined
  /** In production there is no inspector without a token. */
  readonly isProduction: boolean
  /** The folder of the application: no file outside of it is shown. Default: the current one. */
  readonly root?: string
  /** The name that the page shows. Default: that of the package.json in `root`. */
  readonly application?: string
  readonly framework?: string
  /** From how many milliseconds on a request is slow. Default: 500. */
  readonly slowMs?: number
}

export type InspectorMiddleware = (req: InspectorRequest, res: InspectorResponse, next: () => void) => void

export interface Inspector {
  readonly middleware: InspectorMiddleware
  /** Whether a request is one of the inspector itself: such are not worth recording. */
  owns(url: string): boolean
}

/** What answers requests below one mount of the inspector. */
interface Desk {
  readonly source: InspectorSource
  readonly token: string | null
  readonly page: () => Page
  readonly streams: Streams
  readonly root: string
  readonly path: string
  readonly about: { readonly application: string; readonly framework: string; readonly slowMs: number }
  readonly isShown: (record: RequestRecord) => boolean
}

/** As many mounts are remembered: a mount below a parameter has as many paths as clients can think of. */
const MOST_BASES = 8

/**
 * The inspector of an application; null where there must be none: in production without a token.
 *
 *     const inspector = createInspector(source, { isProduction: false })
 *     if (inspector !== null) app.use(inspector.middleware)
 */
export function createInspector(source: InspectorSource, options: InspectorOptions): Inspector | null {
  const token = usableToken(options)
  if (options.isProduction && token === null) return null
  const path = options.path ?? '/_inspector'
  const bases = new Set<string>([path])
  const owns = (url: string): boolean => [...bases].some((base) => isBelow(url, base))
  const isShown = (record: RequestRecord): boolean => !owns(record.url)
  const root = rootOf(options.root ?? process.cwd())
  const desk: Desk = {
    source,
    token,
    page: createPage(),
    streams: new Streams({ source, root, isShown }),
    root,
    path,
    about: {
      application: options.application ?? nameOf(root),
      framework: options.framework ?? '',
      slowMs: options.slowMs ?? 500,
    },
    isShown,
  }
  return { middleware: createMiddleware(desk, bases), owns }
}

function createMiddleware(desk: Desk, bases: Set<string>): InspectorMiddleware {
  return function inspector(req, res, next) {
    const url = req.url ?? '/'
    if (!isBelow(url, desk.path)) return next()
    const base = (req.baseUrl ?? '') + desk.path
    if (bases.size < MOST_BASES) bases.add(base)
    try {
      answer(desk, req, res, base)
    } catch (error) {
      if (res.headersSent) res.destroy()
      else refuse(req, res, 500, `The inspector failed: ${String(error)}`)
    }
  }
}

function answer(desk: Desk, req: InspectorRequest, res: InspectorResponse, base: string): void {
  const [path = '/', query = ''] = splitOnce((req.url ?? '/').slice(desk.path.length), '?')
  const refusal = refusalOf(desk, req, path)
  if (refusal !== null) return refuse(req, res, 403, refusal)
  const isLogin = path === '/login' && desk.token !== null
  if (isLogin && req.method === 'POST') return logIn(req, res, desk.token ?? '', base)
  if (req.method !== 'GET' && req.method !== 'HEAD') {
    res.setHeader('Allow', isLogin ? 'GET, HEAD, POST' : 'GET, HEAD')
    return refuse(req, res, 405, 'The inspector only shows: it takes GET.')
  }
  if (desk.token !== null && !hasToken(req, desk.token)) return askForToken(req, res, base, path)
  if (path === '' || path === '/' || isLogin) return sendPage(desk, req, res)
  if (path === '/api/events') return desk.streams.open(req, res)
  const answering = answerApi(desk, req, res, { path, query: new URLSearchParams(query) })
  answering.catch((error: unknown) => refuse(req, res, 500, `The inspector failed: ${String(error)}`))
}

function refusalOf(desk: Desk, req: InspectorRequest, path: string): string | null {
  const stranger = desk.token === null ? refusalOfStranger(req) : null
  return stranger ?? refusalOfForeignPage(req, !path.startsWith('/api/') && req.method === 'GET')
}

function askForToken(req: InspectorRequest, res: InspectorResponse, base: string, path: string): void {
  if (!path.startsWith('/api/')) return sendLogin(req, res, base, false)
  res.setHeader('WWW-Authenticate', 'Bearer realm="inspector"')
  refuse(req, res, 401, 'The inspector needs its token.')
}

function sendPage(desk: Desk, req: InspectorRequest, res: InspectorResponse): void {
  const { html, policy } = desk.page()
  res.setHeader('Content-Security-Policy', policy)
  send(req, res, 200, 'text/html; charset=utf-8', html)
}

/** A short token, an empty one of a variable that is not set among them, would guard nothing. */
function usableToken({ token }: InspectorOptions): string | null {
  if (token === undefined || token.length >= SHORTEST_TOKEN) return token ?? null
  process.emitWarning(
    `the token of the inspector has ${token.length} characters, and is not used: take ${SHORTEST_TOKEN} or more`,
    { type: 'InsightWarning', code: 'INSIGHT_SHORT_TOKEN' },
  )
  return null
}

function isBelow(url: string, base: string): boolean {
  return url.startsWith(base) && /^(?:[/?#]|$)/.test(url.slice(base.length))
}

function splitOnce(text: string, at: string): [string, string] {
  const index = text.indexOf(at)
  return index === -1 ? [text, ''] : [text.slice(0, index), text.slice(index + 1)]
}

function nameOf(root: string): string {
  try {
    const { name } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { name?: unknown }
    return typeof name === 'string' ? name : ''
  } catch {
    return ''
  }
}

function rootOf(folder: string): string {
  try {
    return realpathSync(folder)
  } catch {
    return folder
  }
}
