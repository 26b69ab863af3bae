import { z } from 'zod'
import { expecting } from '../../../http/input/expectation.js'
import { numberedId } from '../../../http/input/id.js'
import { parseNumberKey, slicing } from '../../../http/input/place-cursor.js'
import { line } from '../../../http/input/text.js'
import { STOCK_LIMIT } from '../domain/stock.js'

const REASON_LENGTH = 200

export const stockPath = z.object({ productId: numberedId })

const reason = expecting(`a line of text with 3 to ${REASON_LENGTH} characters`, line(3, REASON_LENGTH))

export const receiptBody = expecting(
  'a JSON object such as {"quantity":12}',
  z.strictObject({
    quantity: expecting(`a whole number of pieces from 1 to ${STOCK_LIMIT}`, z.int().min(1).max(STOCK_LIMIT)),
    reason: reason.default('delivery'),
  }),
)

export const correctionBody = expecting(
  'a JSON object such as {"counted":7,"reason":"two were broken"}',
  z.strictObject({
    counted: expecting(`a whole number of pieces from 0 to ${STOCK_LIMIT}`, z.int().min(0).max(STOCK_LIMIT)),
    reason,
  }),
)

export const movementsQuery = z.strictObject(slicing(parseNumberKey))
