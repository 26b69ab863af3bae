/** What is no longer right when a product has changed. */
export function groupOfProduct(id: number): string {
  return `product:${id}`
}

/** Lists and counts: of which products they are, nobody remembers, so that any change is one of all. */
export const LISTS_GROUP = 'catalogue-lists'
