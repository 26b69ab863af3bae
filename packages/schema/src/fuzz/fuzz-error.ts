/** Why a run could not begin, and what to do: no document, nothing that listens. */
export class FuzzError extends Error {
  override readonly name = 'FuzzError'
}
