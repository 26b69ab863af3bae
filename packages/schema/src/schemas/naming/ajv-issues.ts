import type { ErrorObject } from 'ajv'
import type { IssueCode } from '../../types/issue.js'
import type { JsonSchema } from '../../types/json-schema.js'
import { type Path, pathOf, valueAt } from './paths.js'
import { type Details, type SchemaIssue, schemaIssue, unknownKey } from './schema-issue.js'
import { codeOfUnion, meantBranch } from './unions.js'

/** The errors of Ajv, made with `verbose: true` and `allErrors: true`, in our words. */
export function nameAjvIssues(errors: readonly ErrorObject[], value: unknown): SchemaIssue[] {
  const issues: { error: ErrorObject; issue: SchemaIssue }[] = []
  for (const error of errors) {
    // Told by what goes before them: the errors of the branch, and those of the name.
    if (error.keyword === 'if' || error.propertyName !== undefined) continue
    const path = pathIn(error, value)
    if (isUnion(error)) {
      const branches = takeBranches(issues, error)
      for (const issue of nameUnion(error, path, branches)) issues.push({ error, issue })
    } else {
      issues.push({ error, issue: nameOne(error, path, value) })
    }
  }
  return issues.map(({ issue }) => issue)
}

function pathIn(error: ErrorObject, value: unknown): Path {
  if (error.instancePath === '') return []
  const keys = error.instancePath.slice(1).split('/')
  return pathOf(
    keys.map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~')),
    value,
  )
}

function isUnion({ keyword, params }: ErrorObject): boolean {
  return keyword === 'anyOf' || (keyword === 'oneOf' && !params['passingSchemas'])
}

type Branches = readonly (readonly { error: ErrorObject; issue: SchemaIssue }[])[]

/**
 * The errors of the branches stand right before that of the union; each says by its place in the schema to which of them it
 * belongs: below the union, or below what a branch refers to.
 */
function takeBranches(issues: { error: ErrorObject; issue: SchemaIssue }[], union: ErrorObject): Branches {
  const places = ((union.parentSchema as JsonSchema)[union.keyword] as JsonSchema[]).map((branch, index) => [
    `${union.schemaPath}/${index}/`,
    ...(typeof branch.$ref === 'string' ? [`${branch.$ref}/`] : []),
  ])
  const branches = places.map(() => [] as { error: ErrorObject; issue: SchemaIssue }[])
  while (issues.length > 0) {
    const last = issues.at(-1)!
    const index = last.error.instancePath.startsWith(union.instancePath)
      ? places.findIndex((starts) => starts.some((start) => last.error.schemaPath.startsWith(start)))
      : -1
    if (index === -1) break
    branches[index]!.unshift(last)
    issues.pop()
  }
  return branches
}

function nameUnion(error: ErrorObject, path: Path, branches: Branches): readonly SchemaIssue[] {
  const relative = branches.map((found) =>
    found.map(({ issue }) => ({ ...issue, path: issue.path.slice(path.length) })),
  )
  const meant = meantBranch(relative)
  if (meant !== null && meant.length > 0) {
    return meant.map((issue) => ({ ...issue, path: [...path, ...issue.path] }))
  }
  const { code, details } = codeOfUnion(relative)
  return [schemaIssue(code, path, messageOf(error), details)]
}

function nameOne(error: ErrorObject, path: Path, value: unknown): SchemaIssue {
  const { keyword, params } = error
  const message = messageOf(error)
  switch (keyword) {
    case 'additionalProperties':
      return unknownKey(path, params['additionalProperty'])
    case 'unevaluatedProperties':
      return unknownKey(path, params['unevaluatedProperty'])
    case 'propertyNames':
      return unknownKey(path, params['propertyName'])
    case 'required':
    case 'dependentRequired':
      return schemaIssue('required', [...path, params['missingProperty']], message)
    case 'discriminator': {
      const tagPath = [...path, params['tag'] as string]
      const isMissing = valueAt(value, tagPath) === undefined
      return schemaIssue(isMissing ? 'required' : 'not_allowed', tagPath, message)
    }
    default: {
      if (path.length === 0 && value === undefined) return schemaIssue('required', path, message)
      const name = NAMES[keyword]
      return name === undefined
        ? schemaIssue('custom', path, message, { params })
        : schemaIssue(name[0], path, message, name[1](params))
    }
  }
}

function messageOf(error: ErrorObject): string {
  return error.message ?? `must pass "${error.keyword}"`
}

type Params = ErrorObject['params']

const minimum = ({ limit, comparison }: Params): Details => ({
  minimum: limit,
  ...(comparison === '>' && { exclusive: true }),
})
const maximum = ({ limit, comparison }: Params): Details => ({
  maximum: limit,
  ...(comparison === '<' && { exclusive: true }),
})

const NAMES: Readonly<Record<string, readonly [IssueCode, (params: Params) => Details]>> = {
  type: ['type', ({ type }) => ({ expected: [type].flat().join(' | ') })],
  minimum: ['too_small', minimum],
  exclusiveMinimum: ['too_small', minimum],
  formatMinimum: ['too_small', minimum],
  formatExclusiveMinimum: ['too_small', minimum],
  minLength: ['too_small', minimum],
  minItems: ['too_small', minimum],
  minProperties: ['too_small', minimum],
  contains: ['too_small', ({ minContains }) => ({ minimum: minContains })],
  maximum: ['too_big', maximum],
  exclusiveMaximum: ['too_big', maximum],
  formatMaximum: ['too_big', maximum],
  formatExclusiveMaximum: ['too_big', maximum],
  maxLength: ['too_big', maximum],
  maxItems: ['too_big', maximum],
  maxProperties: ['too_big', maximum],
  items: ['too_big', maximum],
  unevaluatedItems: ['too_big', ({ len }) => ({ maximum: len })],
  pattern: ['pattern', ({ pattern }) => ({ pattern })],
  format: ['format', ({ format }) => ({ format })],
  enum: ['not_allowed', ({ allowedValues }) => ({ allowed: allowedValues })],
  const: ['not_allowed', ({ allowedValue }) => ({ allowed: [allowedValue] })],
  'false schema': ['not_allowed', () => ({})],
  not: ['not_allowed', () => ({})],
  multipleOf: ['multiple_of', ({ multipleOf }) => ({ multipleOf })],
  uniqueItems: ['not_unique', ({ i, j }) => ({ items: [j, i] })],
}
