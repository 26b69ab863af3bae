import { readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { createError } from '../../problems/catalogue.js'
import type { OpenApiDocument } from '../types/document.js'

/** Of all that the package brings, what the page needs. */
export const ASSETS = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'] as const

/** Where the files of Swagger UI are, and which version of it. */
export interface SwaggerUi {
  readonly folder: string
  readonly version: string
}

/** @throws SchemaError `NOZOMI_SCHEMA_SWAGGER_UI` where `swagger-ui-dist` is not installed. */
export function findSwaggerUi(): SwaggerUi {
  let manifest: string
  try {
    manifest = require.resolve('swagger-ui-dist/package.json')
  } catch {
    throw createError('NOZOMI_SCHEMA_SWAGGER_UI', [])
  }
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }
  return { folder: dirname(manifest), version }
}

/**
 * The page. Its addresses are relative to it.
 *
 * @param folder what its files are in, such as `docs/`
 */
export function formatPage(title: string, folder: string, version: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${escapeHtml(title)}</title>
    <link rel="icon" href="${folder}${version}/favicon-32x32.png">
    <link rel="stylesheet" href="${folder}${version}/swagger-ui.css">
    <script src="${folder}${version}/swagger-ui-bundle.js" defer></script>
    <script src="${folder}start.js" defer></script>
  </head>
  <body><main id="docs"></main></body>
</html>
`
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`)
}

/**
 * The script that starts the page. A file of its own: the policy lets no script run that stands in the page.
 *
 * @param address of the document, relative to the page
 */
export function formatStart(address: string, ui: Readonly<Record<string, unknown>>): string {
  const options = { deepLinking: true, ...ui, dom_id: '#docs' }
  return `SwaggerUIBundle({ ...${JSON.stringify(options)}, url: new URL(${JSON.stringify(address)}, location.href).href })
`
}

/**
 * Security: scripts and styles of this server only. The icons of Swagger UI are images within its style sheet, hence `data:`. To try
 * an operation, the page may ask this server, and those that the document names.
 */
export function formatPolicy({ servers = [] }: Pick<OpenApiDocument, 'servers'>): string {
  const origins = new Set(servers.flatMap(({ url }) => originOf(url)))
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    `connect-src ${["'self'", ...origins].join(' ')}`,
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/** Of an address with variables, such as `https://{region}.example.com`, there is none to allow. */
function originOf(url: string): string[] {
  if (!/^https?:\/\//.test(url) || !URL.canParse(url) || url.includes('{')) return []
  return [new URL(url).origin]
}
