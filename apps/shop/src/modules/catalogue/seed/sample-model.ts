/** A model of which the shop has one or more variants: each size in each colour is a product of its own. */
export interface SampleModel {
  readonly name: string
  /** In euro cents, of the first size. */
  readonly price: number
  readonly text: string
  /** What each size costs more than the first, in euro cents. */
  readonly sizes?: Readonly<Record<string, number>>
  readonly colours?: readonly string[]
}

export interface SampleCategory {
  readonly slug: string
  readonly name: string
  /** How the SKUs of its products begin. */
  readonly prefix: string
  readonly models: readonly SampleModel[]
}
