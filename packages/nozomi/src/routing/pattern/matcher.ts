/** What a pattern found in a path: the part of the path that it took, and its parameters by name. */
export interface PatternMatch {
  path: string
  params: Record<string, unknown>
  keys: readonly string[]
}

/** A compiled pattern. Throws the 400 of `decodeParam` when a parameter is not valid percent-encoding. */
export type Matcher = (path: string) => PatternMatch | false

export interface PatternOptions {
  /** Upper and lower case differ. Default false. */
  sensitive?: boolean | undefined
  /** A trailing slash makes a difference. Default false. */
  strict?: boolean | undefined
  /** The pattern must match the whole path, not only a prefix that ends at a slash. Default true. */
  end?: boolean | undefined
}
