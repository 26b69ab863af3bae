import { DomainError } from '../../../domain/errors.js'

export class ProductNotFound extends DomainError {
  readonly id: number

  constructor(id: number) {
    super(`there is no product ${id}`)
    this.id = id
  }
}

/** Somebody else changed the product since the caller read it. */
export class StaleProduct extends DomainError {
  readonly id: number

  constructor(id: number) {
    super(`product ${id} was changed by somebody else`)
    this.id = id
  }
}

export class DuplicateSku extends DomainError {
  readonly sku: string

  constructor(sku: string) {
    super(`there is a product with the SKU ${sku} already`)
    this.sku = sku
  }
}

export class UnknownCategory extends DomainError {
  readonly slug: string
  readonly known: readonly string[]

  constructor(slug: string, known: readonly string[]) {
    super(`there is no category ${slug}`)
    this.slug = slug
    this.known = known
  }
}
