/** Something that may be kept for a while, and how it is made when it is not there. */
export interface Cached<T> {
  /** What kind of thing it is, for the metrics: `product`. Few, and never what a client sent. */
  readonly kind: string
  /** Tells it from all others of all kinds. */
  readonly key: string
  /** What `invalidate` is told when it is no longer right. */
  readonly group: string
  readonly compute: () => Promise<T>
  /** As text, and back. */
  readonly format: (value: T) => string
  readonly parse: (text: string) => T
  /** False for what shall not be kept: what is not there could be asked for in endless ways. Default: all is kept. */
  readonly isKept?: (value: T) => boolean
}

/**
 * What was read a moment ago, for all instances. Of simultaneous callers that miss one thing, one computes it.
 *
 * It never gives what was computed before an `invalidate` that had resolved when the caller asked; and it never fails
 * by itself: while the state is away, everything is computed.
 */
export interface Cache {
  get<T>(wanted: Cached<T>): Promise<T>
  /** To be called when the change is there for all to be seen (CommitNotice). Does not reject. */
  invalidate(group: string): Promise<void>
}

/** `shared`: another one that computed it meanwhile had it. `bypassed`: the state is away. */
export type CacheOutcome = 'hit' | 'computed' | 'shared' | 'bypassed'

/** Keeps nothing. */
export const noCache: Cache = {
  get: ({ compute }) => compute(),
  invalidate: async () => {},
}
