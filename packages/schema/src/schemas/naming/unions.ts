import type { IssueCode } from '../../types/issue.js'
import type { Details, SchemaIssue } from './schema-issue.js'

/**
 * Of a union none of whose branches fits: the issues of the branch that was meant, if that can be told. It can when only one of
 * them is of the right type, and when only one has the right tag: a member that may be one value only, such as `kind`.
 */
export function meantBranch(branches: readonly (readonly SchemaIssue[])[]): readonly SchemaIssue[] | null {
  const ofType = branches.filter((issues) => !issues.some(isWrongFromTheStart))
  if (ofType.length <= 1) return ofType[0] ?? null
  const tagged = ofType.filter((issues) => !issues.some(isWrongTag))
  return tagged.length === 1 && tagged.length < ofType.length ? tagged[0]! : null
}

function isWrongFromTheStart(issue: SchemaIssue): boolean {
  return issue.path.length === 0 && (issue.code === 'type' || issue.code === 'not_allowed')
}

function isWrongTag(issue: SchemaIssue): boolean {
  return issue.path.length === 1 && issue.code === 'not_allowed'
}

/** One code for a union whose branch can't be told: that of its branches, if they agree; else `type`. */
export function codeOfUnion(branches: readonly (readonly SchemaIssue[])[]): {
  code: IssueCode
  details: Details
} {
  const issues = branches.flat()
  const first = issues[0]
  const agree = first !== undefined && issues.every((one) => one.path.length === 0 && one.code === first.code)
  if (!agree) return { code: 'type', details: {} }
  if (first.code === 'not_allowed') {
    return {
      code: 'not_allowed',
      details: { allowed: issues.flatMap((one) => one.details['allowed'] ?? []) },
    }
  }
  const expected = issues.flatMap((one) => one.details['expected'] ?? [])
  return { code: first.code, details: expected.length > 0 ? { expected: expected.join(' | ') } : {} }
}
