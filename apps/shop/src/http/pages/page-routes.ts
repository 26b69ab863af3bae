import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { PACKAGE_FOLDER } from '../../platform/configuration/package-folder.js'
import { createRouter, type RequestHandler, type Router, serveFolder } from '../framework.js'
import { allowOnly } from '../problems/problem-handler.js'

const PUBLIC_FOLDER = join(PACKAGE_FOLDER, 'page/public')
/** What page/build.mjs makes: documents, and below `assets` what they point to, under names with hashes. */
const WEB_FOLDER = join(PACKAGE_FOLDER, 'dist/web')

/**
 * Where the page's script shows its views (page/main.ts): all of them answer the one document. They have no contract: what stands in their
 * paths is for the script, and the server looks at nothing of it.
 */
export const VIEWS: readonly string[] = [
  '/',
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
 * files under plain names, are kept too, and asked for each time whether they are still good. Browsers can't load the
 * packages that the page uses before they are bundled with it: as long as that was not done, its address says so.
 */
export function createPageRoutes(folder = WEB_FOLDER): Router {
  const router = createRouter()
  if (isBundled(folder)) servePage(router, folder)
  else router.get([...VIEWS], sayHowToBundle)
  router.all([...VIEWS], allowOnly('GET', 'HEAD'))
  return router
}

function servePage(router: Router, folder: string): void {
  const hashed = { redirect: false, index: false, immutable: true, maxAge: '1y' } as const
  const plain = { redirect: false, setHeaders: revalidate }
  router.use('/assets', serveFolder(join(folder, 'assets'), hashed))
  router.use(serveFolder(folder, plain))
  router.use(serveFolder(PUBLIC_FOLDER, plain))
  // Also `/` in a spelling that the router takes and the files do not, such as `//`.
  router.get([...VIEWS], (_req, res) => {
    revalidate(res)
    res.sendFile('index.html', { root: folder, cacheControl: false })
  })
}

const sayHowToBundle: RequestHandler = (_req, res) => {
  res
    .status(503)
    .set('Cache-Control', 'no-store')
    .type('text')
    .send(
      'The page is not bundled yet: stop the shop, run `node apps/shop/page/build.mjs`, and start it anew.\n',
    )
}

/** For people with a browser; whoever prefers JSON gets the problem that comes next. */
export const lostVisitor: RequestHandler = (req, res, next) => {
  const isRead = req.method === 'GET' || req.method === 'HEAD'
  if (!isRead || !isBundled(WEB_FOLDER) || req.accepts(['json', 'html']) !== 'html') return next()
  res
    .status(404)
    .set('Cache-Control', 'no-store')
    .sendFile('not-found.html', { root: WEB_FOLDER, cacheControl: false })
}

function isBundled(folder: string): boolean {
  return existsSync(join(folder, 'manifest.json'))
}

function revalidate(res: { setHeader(name: string, value: string): unknown }): void {
  res.setHeader('Cache-Control', 'no-cache')
}
