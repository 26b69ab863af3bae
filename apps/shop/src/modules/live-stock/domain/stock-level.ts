/** How many pieces of a product can be had. */
export interface StockLevel {
  readonly productId: number
  readonly available: number
  /** Of the product; a larger one is newer. */
  readonly version: number
}

/** A level, and its place among all changes, by which a client says what it has seen. */
export interface StockChange {
  readonly id: string
  readonly level: StockLevel
}

/** What a client has to know that comes, or comes back. */
export type CatchUp =
  /** It has seen what was before these. */
  | { readonly kind: 'changes'; readonly changes: readonly StockChange[] }
  /** What it has seen is too long ago, or was never. */
  | { readonly kind: 'reset' }
