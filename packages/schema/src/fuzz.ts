/**
 * `@nozomi/schema/fuzz`: valid and invalid inputs, made from an OpenAPI document, and what an API should not have answered to them.
 */
export { arbitraryFromSchema } from './fuzz/arbitraries/value-source.js'
export { fuzz } from './fuzz/fuzz.js'
export { FuzzError } from './fuzz/fuzz-error.js'
export type { FuzzOptions } from './fuzz/fuzz-options.js'
export type { MutationKind } from './fuzz/mutations/mutation.js'
export { readDocument } from './fuzz/parse-document.js'
export { formatFuzzReport } from './fuzz/report/format-fuzz-report.js'
export type { FuzzedOperation, FuzzFinding, FuzzReport } from './fuzz/report/fuzz-report.js'
export type { WireRequest } from './fuzz/requests/fuzz-input.js'
export type { FuzzKind, FuzzSeverity } from './fuzz/run/judge.js'
export type { FuzzTarget } from './fuzz/run/target.js'
