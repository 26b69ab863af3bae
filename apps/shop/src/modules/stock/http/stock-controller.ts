import type { z } from 'zod'
import type { HandlerOf } from '../../../http/framework.js'
import { formatPlace } from '../../../http/input/place-cursor.js'
import { userOf } from '../../../http/principal.js'
import type { Movement } from '../domain/movement.js'
import type { StockService } from '../services/stock-service.js'
import type {
  correctStock,
  listStockMovements,
  movementSchema,
  readStock,
  receiveStock,
} from './contracts/stock-contracts.js'

export class StockController {
  readonly #stock: StockService

  constructor(stock: StockService) {
    this.#stock = stock
  }

  read: HandlerOf<typeof readStock> = async (req, res) => {
    const { productId } = req.valid.params
    const { pieces } = await this.#stock.stockOf(productId)
    res.json({ productId, stock: pieces })
  }

  receive: HandlerOf<typeof receiveStock> = async (req, res) => {
    const { productId } = req.valid.params
    const { quantity, reason } = req.valid.body
    const actor = (await userOf(req)).id
    res.status(201).json(representMovement(await this.#stock.receive(productId, quantity, { actor, reason })))
  }

  correct: HandlerOf<typeof correctStock> = async (req, res) => {
    const { productId } = req.valid.params
    const { counted, reason } = req.valid.body
    const actor = (await userOf(req)).id
    res.status(201).json(representMovement(await this.#stock.correct(productId, counted, { actor, reason })))
  }

  movements: HandlerOf<typeof listStockMovements> = async (req, res) => {
    const { productId } = req.valid.params
    const { limit, cursor = null } = req.valid.query
    const { items, next } = await this.#stock.history(productId, cursor, limit)
    res.json({ items: items.map(representMovement), nextCursor: next === null ? null : formatPlace(next) })
  }
}

function representMovement({ at, ...movement }: Movement): z.input<typeof movementSchema> {
  return { ...movement, at: at.toISOString() }
}
