export interface Category {
  /** The name in URLs and in filters: `tea-and-coffee`. Unique; never changes. */
  readonly slug: string
  readonly name: string
}

export interface CategoryWithCount extends Category {
  /** How many products it has, sold out ones too. */
  readonly products: number
}
