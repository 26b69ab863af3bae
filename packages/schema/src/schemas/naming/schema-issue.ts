import type { FoundIssue, IssueCode } from '../../types/issue.js'

/** What is wrong with a value, as its schema sees it: an issue that does not yet say of which part of a request it is. */
export type SchemaIssue = Omit<FoundIssue, 'in'>

/** Names the issues that a library gave, in our words. `value` is what the schema was given. */
export type NameIssues = (issues: readonly unknown[], value: unknown) => SchemaIssue[]

export type Details = Readonly<Record<string, unknown>>

export function schemaIssue(
  code: IssueCode,
  path: readonly (string | number)[],
  message: string,
  details: Details = {},
): SchemaIssue {
  return { path, code, message, details }
}

/** Of a key that the schema does not name: one issue for each. `parent` is the path of the object that has it. */
export function unknownKey(parent: readonly (string | number)[], key: string): SchemaIssue {
  return schemaIssue('unknown_key', [...parent, key], `Unknown key: ${JSON.stringify(key)}`, { key })
}

/** The source of a regular expression that comes as text: `/^a/u`. */
export function withoutSlashes(pattern: string): string {
  return /^\/(.*)\/[a-z]*$/s.exec(pattern)?.[1] ?? pattern
}
