import { pathOf, valueAt } from './paths.js'
import { type SchemaIssue, schemaIssue } from './schema-issue.js'

interface PlainIssue {
  readonly message: string
  readonly path?: readonly unknown[]
}

/** The issues of a library that is not known here: what Standard Schema promises, and that what is not there is missing. */
export function namePlainIssues(issues: readonly unknown[], value: unknown): SchemaIssue[] {
  return (issues as readonly PlainIssue[]).map(({ message, path: given }) => {
    const path = pathOf(given, value)
    return schemaIssue(valueAt(value, path) === undefined ? 'required' : 'custom', path, message)
  })
}
