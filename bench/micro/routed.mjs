/**
 * Sends a request through a router, with messages that hold no more than routing reads.
 *
 * @returns a function that gives what the handler called `req.found(...)` with, or 'nothing'
 */
export function routed(router, path) {
  return () => {
    let found = 'nothing'
    const req = { method: 'GET', url: path, found: (value) => (found = value) }
    router.handle(req, {}, (error) => {
      if (error) throw error
    })
    return found
  }
}
