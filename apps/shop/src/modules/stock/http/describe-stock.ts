import { z } from 'zod'
import { component } from '../../../http/contracts/component.js'
import type { AnswerDescription, OperationDescription } from '../../../http/openapi/operation.js'
import type { ProblemKind } from '../../../http/problems/problem.js'
import { PROBLEMS } from '../../../http/problems/problem-catalogue.js'
import { MOVEMENT_KINDS } from '../domain/stock.js'
import { correctionBody, movementsQuery, receiptBody, stockPath } from './stock-input.js'

/** Who may change stocks, and see the ledger. */
const STAFF = { permission: 'catalogue:write' } as const

/** The catalogue says so; its HTTP is its own. */
const PRODUCT_NOT_FOUND: ProblemKind = {
  code: 'product-not-found',
  status: 404,
  title: 'There is no such product',
  explanation: 'As the catalogue explains it.',
}

const stockSchema = component(
  'Stock',
  z.object({ productId: z.int(), stock: z.int().min(0).describe('Pieces that can be sold.') }),
)

const movementSchema = component(
  'StockMovement',
  z.object({
    id: z.int().describe('Later ones have higher numbers.'),
    productId: z.int(),
    kind: z.enum(MOVEMENT_KINDS),
    change: z.int().describe('Negative when pieces went out.'),
    stockAfter: z.int().min(0),
    reason: z.string(),
    actor: z.string().describe('Who has done it: the id of a user.'),
    at: z.iso.datetime(),
  }),
)

const tag = 'stock'
const path = stockPath
const MOVEMENT: AnswerDescription = { description: 'The line of the ledger.', schema: movementSchema }
const errors = [PRODUCT_NOT_FOUND]
const changeErrors = [PRODUCT_NOT_FOUND, PROBLEMS['too-much-contention']]

/** `/stock` */
export const STOCK_OPERATIONS: readonly OperationDescription[] = [
  {
    method: 'get',
    path: '/{productId}',
    id: 'readStock',
    tag,
    summary: 'Says how many pieces of a product there are',
    parameters: { path },
    answers: { 200: { description: 'The stock.', schema: stockSchema } },
    errors,
  },
  {
    method: 'post',
    path: '/{productId}/receipts',
    id: 'receiveStock',
    tag,
    summary: 'Adds pieces that came in',
    parameters: { path },
    body: {
      schema: component(
        'StockReceipt',
        receiptBody.meta({ examples: [{ quantity: 12, reason: 'delivery of Monday' }] }),
      ),
    },
    answers: { 201: MOVEMENT },
    errors: changeErrors,
    security: STAFF,
  },
  {
    method: 'post',
    path: '/{productId}/corrections',
    id: 'correctStock',
    tag,
    summary: 'Sets the stock to what was counted, and says why it differs',
    parameters: { path },
    body: {
      schema: component(
        'StockCorrection',
        correctionBody.meta({ examples: [{ counted: 7, reason: 'two were broken' }] }),
      ),
    },
    answers: { 201: MOVEMENT },
    errors: changeErrors,
    security: STAFF,
  },
  {
    method: 'get',
    path: '/{productId}/movements',
    id: 'listStockMovements',
    tag,
    summary: 'Lists the ledger of a product’s stock, the newest first',
    parameters: { path, query: movementsQuery },
    answers: {
      200: {
        description: 'A slice; `nextCursor` goes on.',
        schema: z.object({ items: z.array(movementSchema), nextCursor: z.string().nullable() }),
      },
    },
    errors,
    security: STAFF,
  },
]
