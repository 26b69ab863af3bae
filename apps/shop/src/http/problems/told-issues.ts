import type { FoundIssue, Issue, ValidationError } from '@nozomi/schema'
import { type Refusal, sentenceOf } from '../input/expectation.js'

/** What a client is told of what a contract has found, or `check()`: where a schema has no words of the shop, those stand here. */
export function toldIssues({ issues }: ValidationError): Issue[] {
  return issues.map((issue) => {
    const { in: place, path, code, message } = issue
    const refused = refusalOf(issue)
    return { in: place, path, code, message: refused === null ? message : sentenceOf(refused) }
  })
}

function refusalOf({ in: place, path, code, details }: FoundIssue): Refusal | null {
  if (code === 'unknown_key' && details.known) {
    return { problem: 'is not known here', expected: `only ${details.known.join(', ')}` }
  }
  // By `body: null`. Schemas of bodies are of objects, of which none as a whole is a value that is not allowed.
  if (code === 'not_allowed' && place === 'body' && path.length === 0) {
    return { problem: 'was sent', expected: 'no body' }
  }
  if (code === 'required' && place === 'files') return { problem: 'is missing', expected: 'a file' }
  return null
}
