/** Options of `Router()`. */
export interface RouterOptions {
  /** Whether `/Foo` and `/foo` are different paths. Default `false`. */
  caseSensitive?: boolean | undefined
  /**
   * Keep the parameters of the path where the router is mounted; its own win where names meet. Default `false`.
   */
  mergeParams?: boolean | undefined
  /** Whether `/foo` and `/foo/` are different paths. Default `false`. */
  strict?: boolean | undefined
}
