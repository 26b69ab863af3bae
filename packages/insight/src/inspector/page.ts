import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The page as `page/build.mjs` makes it: one document, with its style and its script inside. */
export interface Page {
  readonly html: string
  readonly policy: string
}

const FILE = join(__dirname, '../page/index.html')

/** Reads the page when it is asked for the first time. */
export function createPage(): () => Page {
  let page: Page | null = null
  return () => {
    page ??= readPage()
    return page
  }
}

function readPage(): Page {
  if (!existsSync(FILE)) throw new Error('its page was not built: node packages/insight/page/build.mjs')
  const html = readFileSync(FILE, 'utf8')
  return { html, policy: policyOf(html) }
}

/**
 * Security: nothing runs, and nothing is styled, but what the page was built with; nothing is loaded but from the
 * inspector; and no text becomes markup, since the page has no policy of trusted types.
 */
function policyOf(html: string): string {
  return [
    "default-src 'none'",
    `script-src '${hashOf(html, 'script')}'`,
    `style-src '${hashOf(html, 'style')}'`,
    "connect-src 'self'",
    'img-src data:',
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ')
}

function hashOf(html: string, tag: 'script' | 'style'): string {
  const start = html.indexOf('>', html.indexOf(`<${tag}`)) + 1
  const text = html.slice(start, html.indexOf(`</${tag}>`, start))
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}
