import type { Request } from 'express-serve-static-core'
import type { Issue } from '../types/issue.js'
import { parseAccept } from './accept-field.js'
import { createVersionError, type VersionError } from './version-error.js'
import type { VersionNames } from './version-names.js'
import type { VersionBy, VersionChoice } from './version-options.js'
import { type FirstSegment, firstSegmentOf } from './version-path.js'

/** The choice, with its defaults. */
export interface Choice {
  readonly ways: ReadonlySet<VersionBy>
  readonly field: string
  /** How answers write the name of a version in the field. */
  readonly write: (name: string) => string
  readonly vendor: string | null
  readonly parameter: string
  readonly names: VersionNames
  readonly defaultName: string | null
  /** Whether other versions may follow behind this one, so that one which is not known is none of its business. */
  readonly isOpen: boolean
}

/** Which version a request is for; null when it is for none of these. */
export interface AskedVersion {
  readonly name: string
  /** To be cut off; null where the path does not say it. */
  readonly path: FirstSegment | null
}

/** What one part of a request says. */
type Said = { readonly name: string } | { readonly unknown: () => VersionError } | null

const WAYS: readonly VersionBy[] = ['path', 'header', 'media-type']

/** @throws TypeError for a way that there is not. */
export function compileChoice(
  { by = 'path', field = 'API-Version', fieldValue = String, vendor, parameter = 'version' }: VersionChoice,
  known: Pick<Choice, 'names' | 'defaultName' | 'isOpen'>,
): Choice {
  const ways = [by].flat()
  const wrong = ways.find((way) => !WAYS.includes(way))
  if (wrong !== undefined || ways.length === 0) {
    throw new TypeError(`by: one of ${WAYS.join(', ')}, or a list of them, not ${JSON.stringify(by)}`)
  }
  if (typeof fieldValue !== 'function') {
    throw new TypeError(
      `fieldValue: a function that is given the name of a version, not ${JSON.stringify(fieldValue)}`,
    )
  }
  const write = fieldValue
  const fields = { field, write, vendor: vendor?.toLowerCase() ?? null, parameter: parameter.toLowerCase() }
  return { ways: new Set(ways), ...fields, ...known }
}

/**
 * The version that all which a request says agrees on: the path comes before the field, and the field before `Accept`, which may offer
 * several. Two that contradict each other are an error of the client; to guess which one it meant would hide it.
 *
 * @throws VersionError for a version that there is not, and for a contradiction.
 */
export function askedVersion(choice: Choice, req: Request): AskedVersion | null {
  const path = choice.ways.has('path') ? firstSegmentOf(req.url) : null
  const inPath = path === null ? null : versionOfPath(choice, req, path.segment)
  const inField = choice.ways.has('header') ? versionOfField(choice, req) : null
  const inAccept = choice.ways.has('media-type') ? versionsOfAccept(choice, req) : []
  for (const said of [inPath, inField, ...inAccept]) {
    if (said === null || !('unknown' in said)) continue
    if (choice.isOpen) return null
    throw said.unknown()
  }
  const accepted = inAccept.map((said) => (said as { name: string }).name)
  const chosen = agreed(choice, nameOf(inPath), nameOf(inField), accepted)
  if (chosen === null) return unnamed(choice)
  return { name: chosen, path: inPath === null ? null : path }
}

/** What answers depend on, for caches; nothing where the path says it all. */
export function variesBy({ ways, field }: Choice): string[] {
  return [...(ways.has('header') ? [field] : []), ...(ways.has('media-type') ? ['Accept'] : [])]
}

function nameOf(said: Said): string | null {
  return said !== null && 'name' in said ? said.name : null
}

function unnamed({ defaultName, isOpen, ways, names, field }: Choice): AskedVersion | null {
  if (defaultName !== null) return { name: defaultName, path: null }
  // Beside the versions there may be routes that have none.
  if (isOpen || ways.has('path')) return null
  if (!ways.has('header')) throw notAcceptable(names)
  const message = `is missing: one of ${names.all.join(', ')}`
  throw unknownVersion(names, 400, `${field} ${message}`, [issueOf(field, 'required', message)])
}

function versionOfPath({ names }: Choice, req: Request, segment: string): Said {
  const text = segment.slice(1)
  const isSensitive = req.app?.enabled?.('case sensitive routing') === true
  const name = names.all.find((one) => one === text || (!isSensitive && isSame(one, text)))
  if (name !== undefined) return { name }
  if (!names.isLike(text) || names.all.some((one) => isSame(one, text))) return null
  return { unknown: () => unknownVersion(names, 404, `there is no version ${text}`) }
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}

function versionOfField({ names, field }: Choice, req: Request): Said {
  const value = req.headers[field.toLowerCase()]
  if (value === undefined) return null
  const text = String(value)
  const name = names.find(text)
  if (name !== null) return { name }
  const message = `is ${JSON.stringify(text.slice(0, 60))}, and none of ${names.all.join(', ')}`
  const issues = [issueOf(field, 'not_allowed', message)]
  return { unknown: () => unknownVersion(names, 400, `${field} ${message}`, issues) }
}

/** Those that are named, the preferred one first; one that there is not only when there is no other. */
function versionsOfAccept(choice: Choice, req: Request): Said[] {
  const { accept } = req.headers
  // Most requests: nothing that could name one.
  if (accept === undefined || !/vnd\.|;/i.test(accept)) return []
  const { names, isOpen } = choice
  const named = parseAccept(accept).flatMap((range) => {
    const said = range.parameters.get(choice.parameter) ?? vendorVersion(choice, range.type)
    if (said === null) return []
    return [names.find(said) ?? names.findIn(said)]
  })
  const known = [...new Set(named)].filter((name) => name !== null)
  const isForeign = named.length > 0 && (known.length === 0 || (isOpen && named[0] === null))
  return isForeign ? [{ unknown: () => notAcceptable(names) }] : known.map((name) => ({ name }))
}

/** What names a version in the type of a vendor: all behind the vendor's name, if there is one in it. */
function vendorVersion({ vendor, names }: Choice, type: string): string | null {
  const tree = /^[^/]+\/vnd\.([^+]+)/.exec(type)?.[1]
  if (tree === undefined || (vendor !== null && !tree.startsWith(`${vendor}.`))) return null
  const dotted = vendor === null ? tree : tree.slice(vendor.length + 1)
  const isNamed = names.findIn(dotted) !== null || dotted.split('.').some((piece) => names.isLike(piece))
  return isNamed ? dotted : null
}

function agreed(
  { field, names }: Choice,
  path: string | null,
  inField: string | null,
  accepted: readonly string[],
): string | null {
  const issues: Issue[] = []
  if (path !== null && inField !== null && path !== inField) {
    issues.push(issueOf(field, 'not_allowed', `asks for ${inField}, while the path says ${path}`))
  }
  const chosen = path ?? inField
  if (chosen !== null && accepted.length > 0 && !accepted.includes(chosen)) {
    const where = path === null ? field : 'the path'
    const message = `asks for ${accepted.join(', ')}, while ${where} says ${chosen}`
    issues.push(issueOf('Accept', 'not_allowed', message))
  }
  if (issues.length > 0) throw conflict(names, issues)
  return chosen ?? accepted[0] ?? null
}

function issueOf(field: string, code: Issue['code'], message: string): Issue {
  return { in: 'headers', path: [field.toLowerCase()], code, message }
}

function conflict(names: VersionNames, issues: Issue[]): VersionError {
  const said = issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; ')
  return createVersionError('NOZOMI_SCHEMA_VERSION_CONFLICT', [said], {
    issues,
    extensions: { versions: names.all },
  })
}

function notAcceptable(names: VersionNames): VersionError {
  return unknownVersion(names, 406, 'Accept names none of the versions that there are')
}

function unknownVersion(
  names: VersionNames,
  status: 400 | 404 | 406,
  what: string,
  issues: readonly Issue[] = [],
): VersionError {
  // Issues name them already.
  const named = issues.length > 0 ? [] : names.all
  const parts = { status, issues, extensions: { versions: names.all } }
  return createVersionError('NOZOMI_SCHEMA_VERSION_UNKNOWN', [what, named], parts)
}
