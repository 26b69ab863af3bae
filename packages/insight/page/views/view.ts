/** One of the pages of the inspector. */
export interface View {
  readonly element: HTMLElement
  /** It is shown, or shown with another address: what stands behind its name in it. */
  show(rest: string): void
  /** Something that is known changed, or what is searched for. Called for all views, shown or not. */
  update(): void
  /** How many entries it has, or how many are found; null where there is nothing to count. */
  readonly count: number | null
  /** What a key does in it; false when nothing. */
  onKey?(key: string): boolean
}
