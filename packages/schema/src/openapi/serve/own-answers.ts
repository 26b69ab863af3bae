/*
 * The requests that `openapi()` has answered itself, with the document and its page: they are none of the API's.
 */
const answered = new WeakSet<object>()

export function noteOwnAnswer(req: object): void {
  answered.add(req)
}

export function isOwnAnswer(req: object): boolean {
  return answered.has(req)
}
