import type { Request } from '../framework.js'
import { invalidInput } from '../problems/invalid-input.js'
import type { FieldError } from '../problems/problem.js'
import { notAcceptable } from '../representations/not-acceptable.js'
import { API_VERSIONS, type ApiVersion, mediaTypeOf } from './api-version.js'

const VERSION_FIELD = 'API-Version'
const VENDOR_TYPE = /^application\/vnd\.shop\.(v[^+]*)\+(?:json|xml)$/i

/** The version in the field `API-Version`: `2`, or `v2`. Null when there is no such field. */
export function versionOfField(req: Request): ApiVersion | null {
  const field = req.get(VERSION_FIELD)
  if (field === undefined) return null
  const version = API_VERSIONS.find((known) => known === field || known === `v${field}`)
  if (version !== undefined) return version
  const numbers = API_VERSIONS.map((known) => known.slice(1)).join(', ')
  const problem = `is ${JSON.stringify(field.slice(0, 60))}`
  throw invalidInput([{ in: 'header', field: VERSION_FIELD, problem, expected: `one of ${numbers}` }])
}

/**
 * The versions that the media types in `Accept` name, the one that is preferred first; none when it names no version.
 * Throws 406 when it names only such as there are not.
 */
export function versionsOfAccept(req: Request): readonly ApiVersion[] {
  const names = req.accepts().flatMap((type) => VENDOR_TYPE.exec(type)?.[1]?.toLowerCase() ?? [])
  const known = names.flatMap((name) => API_VERSIONS.find((version) => version === name) ?? [])
  if (names.length > 0 && known.length === 0) {
    throw notAcceptable(
      req,
      API_VERSIONS.flatMap((version) => [mediaTypeOf(version, 'json'), mediaTypeOf(version, 'xml')]),
    )
  }
  return known
}

/** What a request says about its version, where. */
export interface AskedVersions {
  /** Null at an address that has no version. */
  readonly path: ApiVersion | null
  readonly field: ApiVersion | null
  readonly accept: readonly ApiVersion[]
}

/**
 * The one version that all of them agree on; null when none says anything. The path comes before the field, and the
 * field before `Accept`, which may offer several. Two that contradict each other are an error of the client, and
 * guessing which it meant would hide it: throws the problem `invalid-input`, which names the fields.
 */
export function agreedVersion({ path, field, accept }: AskedVersions): ApiVersion | null {
  const errors: FieldError[] = []
  if (path !== null && field !== null && path !== field)
    errors.push(contradiction(VERSION_FIELD, field, `the path says ${path}`))
  const chosen = path ?? field
  if (chosen !== null && accept.length > 0 && !accept.includes(chosen)) {
    const where = path === null ? VERSION_FIELD : 'the path'
    errors.push(contradiction('Accept', accept.join(', '), `${where} says ${chosen}`))
  }
  if (errors.length > 0) throw invalidInput(errors)
  return chosen ?? accept[0] ?? null
}

function contradiction(field: string, said: string, other: string): FieldError {
  return {
    in: 'header',
    field,
    problem: `asks for ${said}, while ${other}`,
    expected: 'the same version everywhere, or said once',
  }
}
