/** Where something stands in the sources of the application. */
export interface Place {
  /** Absolute path, or the URL of what is no file. Mapped by a source map where node has one (`--enable-source-maps`). */
  readonly file: string
  /** Counted from 1. */
  readonly line: number
  /** Counted from 1. */
  readonly column: number
}
