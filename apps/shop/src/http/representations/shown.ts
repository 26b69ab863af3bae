/** Addresses of what belongs to a resource, by relation (RFC 8288): `self`, `next`, `category`. */
export type Links = Readonly<Record<string, string | null>>

/** A resource as it is shown, whatever the notation. */
export interface Shown {
  /** What it is: `product`. The root element of its XML. */
  readonly name: string
  /** Its fields, such as JSON can hold. */
  readonly value: Readonly<Record<string, unknown>>
  readonly links?: Links
}

/** A list of resources. In JSON, they are its `items`. */
export interface ShownList extends Shown {
  readonly items: readonly Shown[]
  /** The columns of its CSV: paths into the fields of the items, such as `price.amount`. */
  readonly columns: readonly string[]
}

export function isList(shown: Shown): shown is ShownList {
  return 'items' in shown
}
