import { existsSync } from 'node:fs'
import { isAbsolute, resolve } from 'node:path'
import {
  assertMembers,
  assertValues,
  expectBoolean,
  expectCount,
  isRecord,
  refuse,
  type Rules,
  show,
} from '../problems/given.js'

const BY = 'drift()'
const OF_APPLICATION =
  "give its document: drift(() => openapiDocument(app, { info: { title: '…', version: '…' } }))"

const OF_NOTHING =
  'give a document of OpenAPI 3.1 or 3.2, or a function that returns one: drift(() => openapiDocument(app, …))'

const OPTIONS: Rules = {
  onDrift: (value) =>
    typeof value === 'function' ? null : 'it is a function: (finding) => log.warn(finding.message)',
  sample: (value) =>
    typeof value === 'number' && value >= 0 && value <= 1 ? null : 'it is a number from 0 to 1',
  maxBodyBytes: (value) =>
    Number.isInteger(value) && (value as number) >= 0 ? null : 'it is a whole number from 0',
  ignore: (value) =>
    Array.isArray(value) && value.every(isPath)
      ? null
      : "it is a list of paths and expressions: ['/docs', /^\\/assets\\//]",
  requests: expectBoolean,
  unknownQuery: expectBoolean,
  maxFindings: expectCount,
}

/**
 * What can't be meant is refused at registration. A document that comes later is looked at when it comes.
 *
 * @throws ContractError `NOZOMI_SCHEMA_CONTRACT`
 */
export function assertDrift(document: unknown, options: unknown): void {
  if (typeof document === 'function') assertSource(document)
  else assertDocument('document', document)
  assertMembers(BY, 'options', options, Object.keys(OPTIONS))
  assertValues(BY, 'options', options as Record<string, unknown>, OPTIONS)
}

/** @throws ContractError `NOZOMI_SCHEMA_CONTRACT` for what is no document of OpenAPI 3.1 or 3.2. */
export function assertDocument(member: string, document: unknown): void {
  if (typeof document === 'string') refuseText(member, document)
  if (document instanceof URL) refuse(BY, member, `is the URL ${document.href}`, readIt('url'))
  if (!isRecord(document)) {
    refuse(BY, member, `is ${show(document)}`, OF_NOTHING)
  }
  if (typeof document['then'] === 'function') {
    refuse(BY, member, 'is a promise', 'give a function that returns it: drift(() => promise)')
  }
  const { openapi, swagger } = document
  if (typeof openapi === 'string' && /^3\.[12](?:\.|$)/u.test(openapi)) return
  const version = openapi ?? swagger
  const wrong = version === undefined ? `is ${show(document)}` : `is of OpenAPI ${show(version)}`
  refuse(BY, member, wrong, 'give a document of OpenAPI 3.1 or 3.2, as openapiDocument(app, …) makes')
}

function assertSource(source: object): void {
  if ('use' in source && 'handle' in source) {
    refuse(BY, 'document', 'listen' in source ? 'is an application' : 'is a router', OF_APPLICATION)
  }
  if ((source as () => unknown).length >= 2) {
    refuse(BY, 'document', `is middleware: ${show(source)}`, OF_APPLICATION)
  }
}

/** Who gives a text means the file that it names, or has read that already. */
function refuseText(member: string, text: string): never {
  if (/^\s*\{/u.test(text)) refuse(BY, member, 'is a text of JSON', 'parse it: drift(JSON.parse(text))')
  if (text.includes('\n')) refuse(BY, member, 'is a text of several lines', OF_NOTHING)
  if (/^(?:https?|file):/u.test(text)) refuse(BY, member, `is the URL ${text}`, readIt(`'${text}'`))
  const file = resolve(text)
  const from = isAbsolute(text) ? '' : ' (a relative path begins at the working directory)'
  if (existsSync(file))
    refuse(BY, member, `is '${text}', the path of the file ${file}${from}`, readIt(`'${text}'`))
  const beside = isAbsolute(text) ? '' : `, and beside this module it is new URL('${text}', import.meta.url)`
  refuse(BY, member, `is '${text}', and there is no file ${file}${from}`, `${readIt('file')}${beside}`)
}

function readIt(source: string): string {
  return `read it: drift(() => readDocument(${source})), by readDocument of @nozomi/schema/fuzz`
}

function isPath(value: unknown): boolean {
  return value instanceof RegExp || (typeof value === 'string' && value.startsWith('/'))
}
