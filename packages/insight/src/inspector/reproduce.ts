import { REDACTED } from '../redact/redactor.js'
import type { RequestRecord } from '../types/record.js'

/*
 * A recorded request as something that can be run: as a command, and as a test that fails as the request did. Bodies are
 * not recorded, and secrets were replaced before (`redact/`): both are left to whoever runs it, and are said.
 */

/** What a client adds by itself, or what belongs to a connection. */
const OF_THE_CLIENT = new Set([
  'host',
  'connection',
  'keep-alive',
  'content-length',
  'transfer-encoding',
  'upgrade-insecure-requests',
  'te',
  'proxy-connection',
])

/** Browsers send these with everything; a test reads better without. */
const OF_BROWSERS =
  /^(?:sec-|accept-encoding$|accept-language$|user-agent$|cache-control$|pragma$|dnt$|priority$)/i

const HAS_BODY = new Set(['POST', 'PUT', 'PATCH'])

export function formatCurl(record: RequestRecord, scheme: string): string {
  const host = fieldOf(record, 'host') ?? 'localhost'
  const words = ['curl', '-i']
  if (record.method === 'HEAD') words.push('--head')
  else if (record.method !== 'GET') words.push('-X', shellWord(record.method))
  words.push(...targetWords(record.url, `${scheme}://${host}`))
  const fields = sentFields(record).map(([name, value]) => `-H ${shellWord(`${name}: ${value}`)}`)
  if (hadBody(record)) fields.push(`--data-binary '<the body was not recorded>'`)
  return [words.join(' '), ...fields].join(' \\\n  ')
}

/** Stock Express has no `inject`: there the application listens, and is asked over HTTP. */
export function formatTest(record: RequestRecord, framework: string): string {
  const asking = framework === 'Express' ? askOverHttp(record) : askInProcess(record)
  return [
    `import assert from 'node:assert/strict'`,
    ...(framework === 'Express' ? [`import { once } from 'node:events'`] : []),
    `import test from 'node:test'`,
    `import { app } from './app.js' // where your application is made`,
    '',
    ...(hidesSecrets(record)
      ? [`// Secrets were replaced by ${REDACTED}: put your own in their places.`]
      : []),
    `test(${quote(titleOf(record))}, { timeout: 5000 }, async (${framework === 'Express' ? 't' : ''}) => {`,
    ...asking,
    ...expectationOf(record),
    '})',
    '',
  ].join('\n')
}

const BODY_IS_MISSING = '// the body was not recorded: put yours here'

function askInProcess(record: RequestRecord): string[] {
  return [
    '  const answer = await app.inject({',
    `    method: ${quote(record.method)},`,
    `    url: ${quote(record.url)},`,
    ...headersOf(record),
    ...(hadBody(record) ? [`    body: {}, ${BODY_IS_MISSING}`] : []),
    '  })',
  ]
}

function askOverHttp(record: RequestRecord): string[] {
  return [
    `  const server = app.listen(0, 'localhost')`,
    '  t.after(() => {',
    '    server.close()',
    '    server.closeAllConnections()',
    '  })',
    `  await once(server, 'listening')`,
    '  const { port } = server.address()',
    `  const answer = await fetch('http://localhost:' + port + ${quote(record.url)}, {`,
    `    method: ${quote(record.method)},`,
    `    redirect: 'manual',`,
    ...headersOf(record),
    ...(hadBody(record) ? [`    body: '{}', ${BODY_IS_MISSING}`] : []),
    '  })',
  ]
}

function headersOf(record: RequestRecord): string[] {
  const fields = sentFields(record).filter(([name, value]) => !OF_BROWSERS.test(name) && value !== '*/*')
  const headers = fields.map(([name, value]) => `      ${quote(name.toLowerCase())}: ${quote(value)},`)
  return headers.length > 0 ? ['    headers: {', ...headers, '    },'] : []
}

function hidesSecrets(record: RequestRecord): boolean {
  return [record.url, ...sentFields(record).map(([, value]) => value)].some((text) => text.includes(REDACTED))
}

/** What the test asks for is what did not happen: it fails until that is mended. */
function titleOf(record: RequestRecord): string {
  const subject = `${record.method} ${record.url}`
  if (record.status === null) return `${subject} is answered`
  if (record.status >= 400) return `${subject} does not answer ${record.status}`
  return `${subject} answers ${record.status}`
}

function expectationOf(record: RequestRecord): string[] {
  if (record.status === null) return ['  assert.ok(answer.status < 500)']
  const cause = record.error === null ? '' : ` // ${oneLine(`${record.error.name}: ${record.error.message}`)}`
  if (record.status >= 400) return [`  assert.notEqual(answer.status, ${record.status})${cause}`]
  return [
    `  assert.equal(answer.status, ${record.status})`,
    '  // This is what it answered. Say here what it should have answered instead.',
  ]
}

function sentFields(record: RequestRecord): (readonly [string, string])[] {
  return record.requestFields.filter(([name]) => !OF_THE_CLIENT.has(name.toLowerCase()))
}

function hadBody(record: RequestRecord): boolean {
  const length = fieldOf(record, 'content-length')
  if (length !== undefined) return length !== '0'
  return fieldOf(record, 'transfer-encoding') !== undefined || HAS_BODY.has(record.method)
}

function fieldOf(record: RequestRecord, name: string): string | undefined {
  return record.requestFields.find(([each]) => each.toLowerCase() === name)?.[1]
}

/** RFC 9112 §3.2: a path, an absolute address as for a proxy, or `*`. Brackets and braces mean something to curl. */
function targetWords(target: string, origin: string): string[] {
  if (target.startsWith('/')) return ['--globoff', shellWord(origin + target)]
  return ['--globoff', '--request-target', shellWord(target), shellWord(origin)]
}

/** Security: whoever sends a request chooses these texts; the shell must not read them. */
function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`
}

/** A string literal in single quotes. Security: nothing in it ends the literal or the line. */
function quote(text: string): string {
  const inner = JSON.stringify(text).slice(1, -1).replaceAll(String.raw`\"`, '"')
  return `'${inner.replaceAll("'", String.raw`\'`).replaceAll('\u2028', String.raw`\u2028`).replaceAll('\u2029', String.raw`\u2029`)}'`
}

/** Security: an error message with a line break must not end the comment it stands in. */
function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ').slice(0, 160)
}
