import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { createRouter, type RequestHandler, type Router } from '../framework.js'
import { z } from 'zod'
import { allowOnly } from '../problems/problem-handler.js'
import type { OperationDescription } from './operation.js'

const require = createRequire(import.meta.url)
const MANIFEST = require.resolve('swagger-ui-dist/package.json')
const { version: VERSION } = JSON.parse(readFileSync(MANIFEST, 'utf8')) as { version: string }

/** The page; what it loads is its own business. */
export const DOCS_OPERATIONS: readonly OperationDescription[] = [
  {
    method: 'get',
    path: '/',
    id: 'readDocs',
    tag: 'documentation',
    summary: 'This document as a page to read and to try',
    answers: { 200: { description: 'The page.', schema: z.string(), types: ['text/html'] } },
  },
]

/** Of all that the package brings, what the page needs. */
const FILES = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'] as const

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>The API of the shop</title>
    <link rel="icon" href="/api/docs/${VERSION}/favicon-32x32.png">
    <link rel="stylesheet" href="/api/docs/${VERSION}/swagger-ui.css">
    <script src="/api/docs/${VERSION}/swagger-ui-bundle.js" defer></script>
    <script src="/api/docs/start.js" defer></script>
  </head>
  <body><main id="docs"></main></body>
</html>
`

/** A file of its own: the policy lets no script run that stands in the page. */
const START = `SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#docs', deepLinking: true })
`

/**
 * Security: as everywhere, the shop's own scripts only. The icons of Swagger UI are images within its style sheet, so
 * here, and only here, `data:` images may be shown.
 */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
  "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

/** `/api/docs`: the OpenAPI document as a page to read and to try, by Swagger UI, from this server alone. */
export function createDocsRoutes(): Router {
  const router = createRouter()
  router
    .route('/')
    .get((_req, res) => void res.set('Content-Security-Policy', POLICY).type('html').send(PAGE))
    .all(allowOnly('GET', 'HEAD'))
  router
    .route('/start.js')
    .get((_req, res) => void res.type('js').send(START))
    .all(allowOnly('GET', 'HEAD'))
  for (const file of FILES) {
    router.route(`/${VERSION}/${file}`).get(sendAsset(file)).all(allowOnly('GET', 'HEAD'))
  }
  return router
}

/** The version is in the address: what was fetched once need not be asked for again. */
function sendAsset(file: string): RequestHandler {
  const root = dirname(MANIFEST)
  return function swaggerAsset(_req, res, next) {
    res.set('Cache-Control', 'public, max-age=31536000, immutable')
    res.sendFile(file, { root, cacheControl: false }, (error) => {
      if (error && !res.headersSent) next(error)
    })
  }
}
