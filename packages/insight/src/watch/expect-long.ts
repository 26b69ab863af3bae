/** Requests whose handlers said that they will take their time. */
const expected = new WeakSet<object>()

/**
 * Says that a request takes long on purpose, so that it is not reported as hung: long polling that waits for an event of
 * the application, for example, where nothing tells Insight that something will come.
 *
 *     app.get('/messages', (req, res) => {
 *       expectLong(req)
 *       messages.once('new', (message) => res.json(message))
 *     })
 */
export function expectLong(req: object): void {
  expected.add(req)
}

export function isExpectedLong(req: object): boolean {
  return expected.has(req)
}
