/** What requests and responses are destroyed with when their client has gone: node's own error. */
export function abortedError(): Error & { code: string } {
  return Object.assign(new Error('aborted'), { code: 'ECONNRESET' })
}
