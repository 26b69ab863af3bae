import type { Request, Response } from '../../../http/framework.js'
import { formatPlace } from '../../../http/input/place-cursor.js'
import { readBody, readPath, readQuery } from '../../../http/input/read-input.js'
import { userOf } from '../../../http/principal.js'
import type { Movement } from '../domain/movement.js'
import type { StockService } from '../services/stock-service.js'
import { correctionBody, movementsQuery, receiptBody, stockPath } from './stock-input.js'

export class StockController {
  readonly #stock: StockService

  constructor(stock: StockService) {
    this.#stock = stock
  }

  read = async (req: Request, res: Response): Promise<void> => {
    const { productId } = readPath(stockPath, req)
    const { pieces } = await this.#stock.stockOf(productId)
    res.json({ productId, stock: pieces })
  }

  receive = async (req: Request, res: Response): Promise<void> => {
    const { productId } = readPath(stockPath, req)
    const { quantity, reason } = readBody(receiptBody, req)
    const actor = (await userOf(req)).id
    res.status(201).json(representMovement(await this.#stock.receive(productId, quantity, { actor, reason })))
  }

  correct = async (req: Request, res: Response): Promise<void> => {
    const { productId } = readPath(stockPath, req)
    const { counted, reason } = readBody(correctionBody, req)
    const actor = (await userOf(req)).id
    res.status(201).json(representMovement(await this.#stock.correct(productId, counted, { actor, reason })))
  }

  movements = async (req: Request, res: Response): Promise<void> => {
    const { productId } = readPath(stockPath, req)
    const { limit, cursor = null } = readQuery(movementsQuery, req)
    const { items, next } = await this.#stock.history(productId, cursor, limit)
    res.json({ items: items.map(representMovement), nextCursor: next === null ? null : formatPlace(next) })
  }
}

function representMovement({ at, ...movement }: Movement): object {
  return { ...movement, at: at.toISOString() }
}
