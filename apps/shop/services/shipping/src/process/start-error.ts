/** The service can't start, and a person can mend it: shown as it is, without a stack, and the exit code is 1. */
export class StartError extends Error {
  override readonly name = 'StartError'
}
