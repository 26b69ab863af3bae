import type { Issue } from '../types/issue.js'

/** How many issues a line names. */
const NAMED = 5

/** Issues in a line: `body.name: Required; query.page: Too small`. */
export function formatIssues(issues: readonly Issue[]): string {
  const named = issues.slice(0, NAMED).map((issue) => `${formatPlace(issue)}: ${issue.message}`)
  const others = issues.length - named.length
  return others > 0 ? `${named.join('; ')}; and ${others} more` : named.join('; ')
}

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/

/** Where an issue is: `body.items[0].price`. Security: keys come from clients, and are quoted unless they are plain names. */
export function formatPlace(issue: Pick<Issue, 'in' | 'path'>): string {
  let text: string = issue.in
  for (const key of issue.path) {
    if (typeof key === 'number') text += `[${key}]`
    else text += IDENTIFIER.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`
  }
  return text
}
