import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { HandlerOf } from '../../../../http/framework.js'
import { contextOf } from '../../../../http/request-context.js'
import type { Product } from '../../domain/product.js'
import type { CatalogueService } from '../../services/catalogue-service.js'
import type { exportProducts } from '../contracts/export-contracts.js'
import { exportFormat, type ExportNotation, NOTATIONS } from '../exports/export-format.js'
import { productBatches } from '../exports/product-batches.js'
import type { ProductShape } from '../versions/product-shape.js'

/** A pipeline listens six times for the end of an answer that metrics, logs and compression watch already: no leak. */
const MOST_LISTENERS = 24

/** The whole catalogue as a file, written while it is read: it needs no more memory than a part of it. */
export class ExportController {
  readonly #catalogue: CatalogueService
  readonly #shape: ProductShape

  constructor(catalogue: CatalogueService, shape: ProductShape) {
    this.#catalogue = catalogue
    this.#shape = shape
  }

  products: HandlerOf<typeof exportProducts> = async (req, res) => {
    const { filter, sort, format: inQuery } = req.valid.query
    res.vary('Accept')
    const format = exportFormat(req, inQuery)
    const notation = NOTATIONS[format]
    const batches = productBatches(this.#catalogue, filter, sort)
    // Asked for before the answer begins: a storage that is away is still a problem that can be told.
    const first = await batches.next()
    res.attachment(`products.${format}`).set('Content-Type', notation.type)
    if (req.method === 'HEAD') {
      res.end()
      return
    }
    res.setMaxListeners(MOST_LISTENERS)
    try {
      await pipeline(Readable.from(this.#texts(notation, first.value ?? [], batches)), res)
    } catch (error) {
      // The client went: the pipeline has ended the batches, and nobody is left to be told.
      if (!isPremature(error)) throw error
      contextOf(req).log.info('an export was left before its end')
    }
  }

  /** One text for each batch. Whoever reads slowly is waited for: the next batch is fetched when it is wanted. */
  async *#texts(
    notation: ExportNotation,
    first: readonly Product[],
    rest: AsyncIterable<readonly Product[]>,
  ): AsyncGenerator<string> {
    const { columns, represent } = this.#shape
    const rows = (products: readonly Product[]) => notation.rows(columns, products.map(represent))
    yield notation.head(columns) + rows(first)
    for await (const products of rest) yield rows(products)
  }
}

function isPremature(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ERR_STREAM_PREMATURE_CLOSE'
}
