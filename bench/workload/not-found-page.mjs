/** What Express answers when nothing matched. Contestants without a page of their own send this one. */

export const NOT_FOUND_TYPE = 'text/html; charset=utf-8'

export const NOT_FOUND_FIELDS = {
  'Content-Security-Policy': "default-src 'none'",
  'X-Content-Type-Options': 'nosniff',
}

/** The page; the paths of the scenarios hold nothing that would have to be escaped. */
export function notFoundPage(method, path) {
  return [
    '<!DOCTYPE html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<title>Error</title>',
    '</head>',
    '<body>',
    `<pre>Cannot ${method} ${path}</pre>`,
    '</body>',
    '</html>',
    '',
  ].join('\n')
}
