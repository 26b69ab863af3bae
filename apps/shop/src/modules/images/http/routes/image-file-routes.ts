import { createRouter, type HandlerOf, type Router } from '../../../../http/framework.js'
import { allowOnly } from '../../../../http/problems/problem-handler.js'
import { Problem } from '../../../../http/problems/problem.js'
import { readImageFile } from '../contracts/image-file-contracts.js'
import { IMAGE_PROBLEMS } from '../problems.js'

/** Another content has another name, so what was fetched once is good for ever. */
const HEADERS = {
  'Cache-Control': 'public, max-age=31536000, immutable',
  'X-Content-Type-Options': 'nosniff',
  // Security: were a browser to take such a file for a document, it could do nothing.
  'Content-Security-Policy': "default-src 'none'; sandbox",
}

/** `/images/:file`: the files of images, with ranges and conditions as static files have them. */
export function createImageFileRoutes(folder: string): Router {
  const router = createRouter()
  router.route('/:file').get(readImageFile, sendImage(folder)).all(allowOnly('GET', 'HEAD'))
  return router
}

function sendImage(root: string): HandlerOf<typeof readImageFile> {
  return function imageFile(req, res, next) {
    const { file } = req.valid.params
    if (file === null) return next('route')
    res.set(HEADERS)
    res.sendFile(file, { root, cacheControl: false }, (error) => {
      if (!error || res.headersSent) return
      for (const name of ['ETag', 'Last-Modified', 'Content-Type', 'Cache-Control']) res.removeHeader(name)
      next(problemOfFile(error) ?? 'route')
    })
  }
}

/** Undefined when there is no such file: the request then comes to what answers lost visitors. */
function problemOfFile(error: Error): unknown {
  const { status, headers = {} } = error as { status?: number; headers?: Record<string, string> }
  switch (status) {
    case 404:
      return undefined
    case 412:
      return new Problem(IMAGE_PROBLEMS['image-changed'], 'The file is not the one that If-Match names.')
    case 416:
      return new Problem(IMAGE_PROBLEMS['range-not-satisfiable'], 'Range lies outside of the file.', {
        headers,
      })
    default:
      return error
  }
}
