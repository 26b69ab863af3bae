import type { CatalogueService } from '../../services/catalogue-service.js'
import type { HandlerOf, Request, Response } from '../../../../http/framework.js'
import { show } from '../../../../http/representations/representations.js'
import type { Links, Shown } from '../../../../http/representations/shown.js'
import { userOf } from '../../../../http/principal.js'
import type { Product } from '../../domain/product.js'
import type { ProductContracts } from '../contracts/product-contracts.js'
import { formatCursor } from '../input/cursor.js'
import { entityTagOf } from '../input/entity-tag.js'
import type { ProductShape } from '../versions/product-shape.js'

/** Between HTTP and the catalogue: reads the request, calls the service, shows the result. Decides nothing. */
export class ProductController {
  readonly #catalogue: CatalogueService
  readonly #shape: ProductShape

  constructor(catalogue: CatalogueService, shape: ProductShape) {
    this.#catalogue = catalogue
    this.#shape = shape
  }

  list: HandlerOf<ProductContracts['listProducts']> = async (req, res) => {
    const { filter, sort, limit, place } = req.valid.query
    if ('after' in place) {
      const { items, next } = await this.#catalogue.after(filter, sort, place.after, limit)
      const nextCursor = next && formatCursor(next, sort)
      const links: Record<string, string> =
        nextCursor === null ? {} : { next: addressWith(req, { cursor: nextCursor }) }
      this.#showList(req, res, items, { nextCursor }, links)
      return
    }
    const { items, total, next } = await this.#catalogue.page(filter, sort, place.page, limit)
    const pages = Math.ceil(total / limit)
    const page = { number: place.page, size: limit, items: total, pages }
    const nextCursor = next && formatCursor(next, sort)
    this.#showList(req, res, items, { page, nextCursor }, pageLinks(req, place.page, pages))
  }

  read: HandlerOf<ProductContracts['readProduct']> = async (req, res) => {
    const { id } = req.valid.params
    // With the tag set, the framework answers 304 to whoever has this version already.
    this.#showOne(req, res, await this.#catalogue.product(id))
  }

  create: HandlerOf<ProductContracts['createProduct']> = async (req, res) => {
    const product = await this.#catalogue.create(req.valid.body)
    this.#showOne(req, res.status(201).location(`${req.baseUrl}/${product.id}`), product)
  }

  replace: HandlerOf<ProductContracts['replaceProduct']> = async (req, res) => {
    const { params, headers, body } = req.valid
    const { id: actor } = await userOf(req)
    this.#showOne(req, res, await this.#catalogue.change(params.id, body, headers['if-match'], actor))
  }

  change: HandlerOf<ProductContracts['changeProduct']> = async (req, res) => {
    const { params, headers, body } = req.valid
    const { id: actor } = await userOf(req)
    this.#showOne(req, res, await this.#catalogue.change(params.id, body, headers['if-match'], actor))
  }

  remove: HandlerOf<ProductContracts['removeProduct']> = async (req, res) => {
    const { params, headers } = req.valid
    await this.#catalogue.remove(params.id, headers['if-match'] ?? 'any')
    res.status(204).end()
  }

  #showOne(req: Request, res: Response, product: Product): void {
    res.set('ETag', entityTagOf(product, req))
    show(req, res, this.#shown(req, product))
  }

  #showList(
    req: Request,
    res: Response,
    products: readonly Product[],
    value: Readonly<Record<string, unknown>>,
    links: Record<string, string>,
  ): void {
    // RFC 8288: where the neighbours are.
    if (Object.keys(links).length > 0) res.links(links)
    show(req, res, {
      name: 'products',
      value,
      links: { self: req.originalUrl, ...links },
      items: products.map((product) => this.#shown(req, product)),
      columns: this.#shape.columns,
    })
  }

  #shown(req: Request, product: Product): Shown {
    const links: Links = {
      self: `${req.baseUrl}/${product.id}`,
      images: `${req.baseUrl}/${product.id}/images`,
      collection: req.baseUrl,
      category: `${req.baseUrl}?${new URLSearchParams({ category: product.category.slug })}`,
    }
    return { name: 'product', value: this.#shape.represent(product), links }
  }
}

function pageLinks(req: Request, page: number, pages: number): Record<string, string> {
  const links: Record<string, string> = { first: addressWith(req, { page: '1' }) }
  if (page > 1) links.prev = addressWith(req, { page: String(page - 1) })
  if (page < pages) links.next = addressWith(req, { page: String(page + 1) })
  if (pages > 0) links.last = addressWith(req, { page: String(pages) })
  return links
}

/** The address of this request with another place in the list. */
function addressWith(req: Request, place: { page: string } | { cursor: string }): string {
  const { pathname, searchParams } = new URL(req.originalUrl, 'http://localhost')
  searchParams.delete('page')
  searchParams.delete('cursor')
  for (const [name, value] of Object.entries(place)) searchParams.set(name, value)
  return `${pathname}?${searchParams}`
}
