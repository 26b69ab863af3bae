import type { CatalogueService } from '../../services/catalogue-service.js'
import type { Request, Response } from '../framework.js'
import { formatCursor } from '../input/cursor.js'
import { entityTagOf, expectedVersion, requiredVersion } from '../input/entity-tag.js'
import { productBody, productChanges } from '../input/product-body.js'
import { productListQuery } from '../input/product-list-query.js'
import { productPath } from '../input/product-path.js'
import { readBody, readPath, readQuery } from '../input/read-input.js'
import { representProduct } from '../product-representation.js'

/** Between HTTP and the catalogue: reads the request, calls the service, writes the response. Decides nothing. */
export class ProductController {
  readonly #catalogue: CatalogueService

  constructor(catalogue: CatalogueService) {
    this.#catalogue = catalogue
  }

  list = async (req: Request, res: Response): Promise<void> => {
    const { filter, sort, limit, place } = readQuery(productListQuery, req)
    if ('after' in place) {
      const { items, next } = await this.#catalogue.after(filter, sort, place.after, limit)
      const nextCursor = next && formatCursor(next, sort)
      if (nextCursor !== null) res.links({ next: addressWith(req, { cursor: nextCursor }) })
      res.json({ items: items.map(representProduct), nextCursor })
      return
    }
    const { items, total, next } = await this.#catalogue.page(filter, sort, place.page, limit)
    const pages = Math.ceil(total / limit)
    res.links(pageLinks(req, place.page, pages))
    res.json({
      items: items.map(representProduct),
      page: { number: place.page, size: limit, items: total, pages },
      nextCursor: next && formatCursor(next, sort),
    })
  }

  read = async (req: Request, res: Response): Promise<void> => {
    const { id } = readPath(productPath, req)
    const product = await this.#catalogue.product(id)
    // With the tag set, the framework answers 304 to whoever has this version already.
    res.set('ETag', entityTagOf(product)).json(representProduct(product))
  }

  create = async (req: Request, res: Response): Promise<void> => {
    const product = await this.#catalogue.create(readBody(productBody, req))
    res
      .status(201)
      .location(`${req.baseUrl}/${product.id}`)
      .set('ETag', entityTagOf(product))
      .json(representProduct(product))
  }

  replace = async (req: Request, res: Response): Promise<void> => {
    const { id } = readPath(productPath, req)
    const details = readBody(productBody, req)
    const product = await this.#catalogue.change(id, details, requiredVersion(req))
    res.set('ETag', entityTagOf(product)).json(representProduct(product))
  }

  change = async (req: Request, res: Response): Promise<void> => {
    const { id } = readPath(productPath, req)
    const changes = readBody(productChanges, req)
    const product = await this.#catalogue.change(id, changes, requiredVersion(req))
    res.set('ETag', entityTagOf(product)).json(representProduct(product))
  }

  remove = async (req: Request, res: Response): Promise<void> => {
    const { id } = readPath(productPath, req)
    await this.#catalogue.remove(id, expectedVersion(req) ?? 'any')
    res.status(204).end()
  }
}

/** RFC 8288: where the pages around this one are. */
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
