import type { Response } from '../../../http/framework.js'
import { formatPlace } from '../../../http/input/place-cursor.js'
import type { Given } from '../../../http/input/given.js'
import { userOf } from '../../../http/principal.js'
import type { Movement } from '../domain/movement.js'
import type { StockService } from '../services/stock-service.js'
import type { correctionBody, movementsQuery, receiptBody, stockPath } from './stock-input.js'

export class StockController {
  readonly #stock: StockService

  constructor(stock: StockService) {
    this.#stock = stock
  }

  read = async (req: Given<{ params: typeof stockPath }>, res: Response): Promise<void> => {
    const { productId } = req.valid.params
    const { pieces } = await this.#stock.stockOf(productId)
    res.json({ productId, stock: pieces })
  }

  receive = async (
    req: Given<{ params: typeof stockPath; body: typeof receiptBody }>,
    res: Response,
  ): Promise<void> => {
    const { productId } = req.valid.params
    const { quantity, reason } = req.valid.body
    const actor = (await userOf(req)).id
    res.status(201).json(representMovement(await this.#stock.receive(productId, quantity, { actor, reason })))
  }

  correct = async (
    req: Given<{ params: typeof stockPath; body: typeof correctionBody }>,
    res: Response,
  ): Promise<void> => {
    const { productId } = req.valid.params
    const { counted, reason } = req.valid.body
    const actor = (await userOf(req)).id
    res.status(201).json(representMovement(await this.#stock.correct(productId, counted, { actor, reason })))
  }

  movements = async (
    req: Given<{ params: typeof stockPath; query: typeof movementsQuery }>,
    res: Response,
  ): Promise<void> => {
    const { productId } = req.valid.params
    const { limit, cursor = null } = req.valid.query
    const { items, next } = await this.#stock.history(productId, cursor, limit)
    res.json({ items: items.map(representMovement), nextCursor: next === null ? null : formatPlace(next) })
  }
}

function representMovement({ at, ...movement }: Movement): object {
  return { ...movement, at: at.toISOString() }
}
