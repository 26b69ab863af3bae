import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { PACKAGE_FOLDER } from '../../platform/configuration/package-folder.js'
import { createRouter, type RequestHandler, type Router, serveFolder } from '../framework.js'
import { allowOnly } from '../problems/problem-handler.js'

const PUBLIC_FOLDER = join(PACKAGE_FOLDER, 'page/public')
const SCRIPTS_FOLDER = join(PACKAGE_FOLDER, 'dist/page')
/** What page/build.mjs makes: documents, and below `assets` what they point to, under names with hashes. */
const WEB_FOLDER = join(PACKAGE_FOLDER, 'dist/web')

/** Where the page's script shows its views (page/main.ts): all of them answer the one document. */
const VIEWS = [
  '/products/:id',
  '/cart',
  '/orders',
  '/orders/:id',
  '/chat',
  '/chat/:room',
  '/notifications',
  '/sign-in',
  '/register',
  '/admin',
  '/admin/events',
  '/admin/orders',
  '/admin/orders/:id',
  '/admin/products/:id',
]

/**
 * The web page: `/` and its assets. What has a hash in its name never changes, and is kept for ever; documents, and
 * files under plain names, are kept too, and asked for each time whether they are still good. A page that was compiled
 * and not bundled is served from its plain files.
 */
export function createPageRoutes(): Router {
  const router = createRouter()
  const plain = { redirect: false, setHeaders: revalidate }
  if (isBundled()) {
    const hashed = { redirect: false, index: false, immutable: true, maxAge: '1y' } as const
    router.use('/assets', serveFolder(join(WEB_FOLDER, 'assets'), hashed))
    router.use(serveFolder(WEB_FOLDER, plain))
  }
  router.use('/assets', serveFolder(SCRIPTS_FOLDER, { ...plain, index: false }))
  router.use(serveFolder(PUBLIC_FOLDER, plain))
  // Also `/` in a spelling that the router takes and the files do not, such as `//`.
  router.get(['/', ...VIEWS], (_req, res) => {
    revalidate(res)
    res.sendFile('index.html', { root: isBundled() ? WEB_FOLDER : PUBLIC_FOLDER, cacheControl: false })
  })
  router.all(['/', ...VIEWS], allowOnly('GET', 'HEAD'))
  return router
}

/** For people with a browser; whoever prefers JSON gets the problem that comes next. */
export const lostVisitor: RequestHandler = (req, res, next) => {
  const isRead = req.method === 'GET' || req.method === 'HEAD'
  if (!isRead || req.accepts(['json', 'html']) !== 'html') return next()
  res
    .status(404)
    .set('Cache-Control', 'no-store')
    .sendFile('not-found.html', { root: isBundled() ? WEB_FOLDER : PUBLIC_FOLDER, cacheControl: false })
}

function isBundled(): boolean {
  return existsSync(join(WEB_FOLDER, 'manifest.json'))
}

function revalidate(res: { setHeader(name: string, value: string): unknown }): void {
  res.setHeader('Cache-Control', 'no-cache')
}
