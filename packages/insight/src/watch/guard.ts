/*
 * What stands between Insight and the application: an error of ours must not become one of theirs.
 */

/** Runs what belongs to Insight. What fails is said once, as a warning of the process, and the request goes on. */
export class Guard {
  readonly #said = new Set<string>()

  run<Result>(what: string, action: () => Result): Result | undefined {
    try {
      return action()
    } catch (error) {
      this.warn(what, error)
      return undefined
    }
  }

  /** As `run`, for a function that somebody else calls: a hook, a timer, an event. */
  wrap<Args extends unknown[]>(what: string, action: (...args: Args) => unknown): (...args: Args) => void {
    return (...args) => {
      try {
        action(...args)
      } catch (error) {
        this.warn(what, error)
      }
    }
  }

  /** Calls a function of the user's, which may also give a promise that is rejected. */
  call(what: string, action: () => unknown): void {
    const result = this.run(what, action)
    if (!isPromise(result)) return
    result.then(undefined, (error: unknown) => this.warn(what, error))
  }

  /** Says what failed, the first time. */
  warn(what: string, error: unknown): void {
    if (this.#said.has(what)) return
    this.#said.add(what)
    try {
      const failure = error instanceof Error ? error : new Error(String(error))
      process.emitWarning(`Insight could not go on with ${what}: ${failure.message}`, {
        code: 'INSIGHT_FAILED',
        detail: failure.stack ?? '',
      })
    } catch {
      // An error that can't even be printed; there is nobody left to tell.
    }
  }
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function'
  )
}
