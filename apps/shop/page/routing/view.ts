/** What a route shows. */
export interface View {
  readonly title: string
  readonly content: HTMLElement
}

export interface Going {
  /** In place of the address of now. */
  readonly replace?: boolean
  /** The focus stays where it is: the visitor types, and the page follows. */
  readonly keepFocus?: boolean
}

export type Go = (address: string, going?: Going) => void

export interface Visit {
  /** The parts of the path that the pattern names. */
  readonly params: Readonly<Record<string, string>>
  readonly search: URLSearchParams
  /** Aborted when the visitor leaves: what a view has begun ends then. */
  readonly signal: AbortSignal
  readonly go: Go
}

export interface Route {
  /** `/orders/:id` */
  readonly path: string
  /** Who may see it; others are sent to sign in. */
  readonly needs?: 'user'
  readonly show: (visit: Visit) => View | Promise<View>
}
