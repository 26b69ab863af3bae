/** What the catalogue refuses. The edge (HTTP, later others) decides how to say it. */
export abstract class CatalogueError extends Error {
  override get name(): string {
    return this.constructor.name
  }
}

export class ProductNotFound extends CatalogueError {
  readonly id: number

  constructor(id: number) {
    super(`there is no product ${id}`)
    this.id = id
  }
}

/** Somebody else changed the product since the caller read it. */
export class StaleProduct extends CatalogueError {
  readonly id: number

  constructor(id: number) {
    super(`product ${id} was changed by somebody else`)
    this.id = id
  }
}

export class DuplicateSku extends CatalogueError {
  readonly sku: string

  constructor(sku: string) {
    super(`there is a product with the SKU ${sku} already`)
    this.sku = sku
  }
}

export class UnknownCategory extends CatalogueError {
  readonly slug: string
  readonly known: readonly string[]

  constructor(slug: string, known: readonly string[]) {
    super(`there is no category ${slug}`)
    this.slug = slug
    this.known = known
  }
}

/** The storage can't be reached, or does not answer in time. Trying again later may help. */
export class StorageUnavailable extends CatalogueError {
  constructor(cause: unknown) {
    super('the storage of the catalogue can not be reached', { cause })
  }
}
