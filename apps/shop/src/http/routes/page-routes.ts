import { fileURLToPath } from 'node:url'
import { createRouter, type RequestHandler, type Router, serveFolder } from '../framework.js'
import { allowOnly } from '../problems/problem-handler.js'

const PUBLIC_FOLDER = fileURLToPath(new URL('../../../page/public', import.meta.url))
const SCRIPTS_FOLDER = fileURLToPath(new URL('../../page', import.meta.url))

/** The web page: `/` and its assets. Browsers keep them and ask each time whether they are still good. */
export function createPageRoutes(): Router {
  const router = createRouter()
  const options = { redirect: false, setHeaders: revalidate }
  router.use('/assets', serveFolder(SCRIPTS_FOLDER, { ...options, index: false }))
  router.use(serveFolder(PUBLIC_FOLDER, options))
  router.all('/', allowOnly('GET', 'HEAD'))
  return router
}

/** For people with a browser; whoever prefers JSON gets the problem that comes next. */
export const lostVisitor: RequestHandler = (req, res, next) => {
  const isRead = req.method === 'GET' || req.method === 'HEAD'
  if (!isRead || req.accepts(['json', 'html']) !== 'html') return next()
  res
    .status(404)
    .set('Cache-Control', 'no-store')
    .sendFile('not-found.html', { root: PUBLIC_FOLDER, cacheControl: false })
}

function revalidate(res: { setHeader(name: string, value: string): unknown }): void {
  res.setHeader('Cache-Control', 'no-cache')
}
