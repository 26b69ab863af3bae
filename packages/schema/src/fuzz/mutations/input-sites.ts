import { isJsonType } from '../../drift/media-type.js'
import type { LocatedSchema, ParameterPlace } from '../../drift/document.js'
import type { FuzzInput } from '../requests/fuzz-input.js'
import { isRecord } from '../requests/parameter-text.js'
import type { Mutant, MutationSubject } from './mutation.js'
import { sitesOf, type ValueSite, withoutKey, withValueAt } from './value-sites.js'

/** A value of an input, wherever it stands, and how another comes in its place. */
export interface InputSite extends ValueSite {
  readonly in: ParameterPlace | 'body'
  /** What is sent as text can't be of a wrong type in all ways that JSON can. */
  readonly isText: boolean
  replaced(replacement: unknown): Mutant
  /** Of an object: without one of its keys. */
  without(name: string): Mutant
}

const PLACES: readonly ParameterPlace[] = ['path', 'query', 'header', 'cookie']

/** Every value of an input that the document says something of. */
export function inputSites(subject: MutationSubject): InputSite[] {
  return [...parameterSites(subject), ...bodySites(subject)]
}

function parameterSites({ api, operation, input }: MutationSubject): InputSite[] {
  return operation.parameters.flatMap((parameter) => {
    const { name, in: place, schema } = parameter
    const owner = input.parameters[place]
    if (!Object.hasOwn(owner, name)) return []
    const withParameter = (value: unknown): FuzzInput =>
      withParameters(input, place, { ...owner, [name]: value })
    return sitesOf(api.document, schema?.value, owner[name]).map((site) =>
      siteOf(site, place, !parameter.isJson, owner[name], `/${place}/${name}`, withParameter),
    )
  })
}

function bodySites({ api, operation, input }: MutationSubject): InputSite[] {
  const { body } = input
  if (body === null || 'bytes' in body) return []
  const schema: LocatedSchema | null | undefined = operation.body?.content.find(
    ({ mediaType }) => mediaType === body.mediaType,
  )?.schema
  const isText = !isJsonType(body.mediaType)
  return sitesOf(api.document, schema?.value, body.value).map((site) =>
    siteOf(site, 'body', isText, body.value, '/body', (value) => ({
      ...input,
      body: { mediaType: body.mediaType, value },
    })),
  )
}

function siteOf(
  site: ValueSite,
  place: InputSite['in'],
  isText: boolean,
  whole: unknown,
  start: string,
  within: (value: unknown) => FuzzInput,
): InputSite {
  const at = (path: readonly (string | number)[]): string => [start, ...path].join('/')
  return {
    ...site,
    in: place,
    isText,
    replaced: (replacement) => ({
      input: within(withValueAt(whole, site.path, replacement)),
      place: at(site.path),
    }),
    without: (name) => ({
      input: within(withoutKey(whole, site.path, name)),
      place: at([...site.path, name]),
    }),
  }
}

/** An input with other parameters at one place. A path that was changed takes no id of earlier answers. */
export function withParameters(
  input: FuzzInput,
  place: ParameterPlace,
  values: Readonly<Record<string, unknown>>,
): FuzzInput {
  const known = place === 'path' ? 0 : input.known
  return { ...input, known, parameters: { ...input.parameters, [place]: values } }
}

/** Each parameter that is required and can be left out, left out. */
export function withoutRequired({ operation, input }: MutationSubject): (() => Mutant)[] {
  return PLACES.filter((place) => place !== 'path').flatMap((place) =>
    operation.parameters
      .filter((one) => one.in === place && one.required && Object.hasOwn(input.parameters[place], one.name))
      .map(({ name }) => () => ({
        input: withParameters(
          input,
          place,
          withoutKey(input.parameters[place], [], name) as Record<string, unknown>,
        ),
        place: `/${place}/${name}`,
      })),
  )
}

/** The objects of the body: where keys can be added. */
export function objectSites(subject: MutationSubject): InputSite[] {
  return inputSites(subject).filter((site) => site.in === 'body' && isRecord(site.value))
}
