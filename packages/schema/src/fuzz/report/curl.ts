import type { WireRequest } from '../requests/fuzz-input.js'

/** Runs of one character beyond this are written as what makes them. */
const LONG_RUN = 64

/**
 * A request as a command of curl, for a shell of POSIX.
 *
 * Security: fields that the caller gave are written as variables of the shell, so that no secret gets into a report.
 *
 * @param base what the target is put behind: `http://localhost:3000`
 * @param secret names of fields, in lower case
 */
export function formatCurl(wire: WireRequest, base: string, secret: ReadonlySet<string>): string {
  const { method, target, headers, body } = wire
  const fields = headers
    .filter(([name, text]) => !(name === 'accept' && text === '*/*'))
    .map(([name, text]) =>
      secret.has(name)
        ? `-H "${name}: $${name.toUpperCase().replace(/[^A-Z0-9]/gu, '_')}"`
        : `-H ${quoted(text === '' ? `${name};` : `${name}: ${text}`)}`,
    )
  const sendsForm = body !== null && !headers.some(([name]) => name === 'content-type')
  const parts = [
    'curl -i --globoff --path-as-is',
    ...methodOf(method, body),
    quoted(base.replace(/\/$/u, '') + target),
    ...fields,
    // Without it, curl says that it sends a form.
    ...(sendsForm ? ["-H 'content-type:'"] : []),
  ]
  if (body === null) return parts.join(' ')
  const text = Buffer.from(body).toString('utf8')
  const isPlain =
    !/[^\t\n\x20-\x7e\u00a1-\ud7ff]/u.test(text) && !new RegExp(`(.)\\1{${LONG_RUN}}`, 'u').test(text)
  if (isPlain) return [...parts, '--data-binary', quoted(text)].join(' ')
  return `node -e ${quoted(`process.stdout.write(${expressionOf(body, text)})`)} | ${parts.join(' ')} --data-binary @-`
}

function methodOf(method: string, body: Uint8Array | null): string[] {
  if (method === 'HEAD') return ['--head']
  const usual = body === null ? 'GET' : 'POST'
  return method === usual ? [] : ['-X', method]
}

/** An expression of JavaScript that gives a body: what is long in it is written short. */
function expressionOf(body: Uint8Array, text: string): string {
  const isText = Buffer.from(text, 'utf8').equals(Buffer.from(body))
  if (!isText) return `Buffer.from(${literal(Buffer.from(body).toString('base64'))}, "base64")`
  const parts: string[] = []
  const runs = new RegExp(`([\\s\\S])\\1{${LONG_RUN},}`, 'gu')
  let end = 0
  for (const match of text.matchAll(runs)) {
    if (match.index > end) parts.push(literal(text.slice(end, match.index)))
    parts.push(`${literal(match[1] ?? '')}.repeat(${match[0].length / (match[1]?.length ?? 1)})`)
    end = match.index + match[0].length
  }
  if (end < text.length || parts.length === 0) parts.push(literal(text.slice(end)))
  return parts.join(' + ')
}

/** In ASCII. */
function literal(text: string): string {
  return JSON.stringify(text).replace(/[^\x20-\x7e]/gu, (char) =>
    [...Array(char.length).keys()]
      .map((at) => `\\u${char.charCodeAt(at).toString(16).padStart(4, '0')}`)
      .join(''),
  )
}

function quoted(text: string): string {
  return `'${text.replace(/'/gu, `'\\''`)}'`
}
