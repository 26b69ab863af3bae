/** Something that the shop can't work without, and that may be away for a while: a database, a broker. */
export interface HealthCheck {
  readonly name: string
  /** Rejects, with the reason, when it does not work. Whoever calls it sets the time limit. */
  readonly check: () => Promise<void>
  /**
   * False: without it the shop does its work, with something missing. An instance is then degraded, and still ready.
   * Default: true.
   */
  readonly isNeeded?: boolean
}
