/** What people call an order by: the end of its id. */
export function orderNumber(id: string): string {
  return id.slice(-6).toUpperCase()
}
