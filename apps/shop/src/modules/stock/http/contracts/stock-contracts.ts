import { z } from 'zod'
import { component } from '../../../../http/contracts/component.js'
import { operation } from '../../../../http/contracts/operation.js'
import { sliceSchema } from '../../../../http/contracts/shapes.js'
import { PROBLEMS } from '../../../../http/problems/problem-catalogue.js'
import { MOVEMENT_KINDS } from '../../domain/stock.js'
import { correctionBody, movementsQuery, receiptBody, stockPath } from '../stock-input.js'

/** Who may change stocks, and see the ledger. */
const STAFF = { permission: 'catalogue:write' } as const

const stockSchema = component(
  'Stock',
  z.object({ productId: z.int(), stock: z.int().min(0).describe('Pieces that can be sold.') }),
)

export const movementSchema = component(
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

const notFound = PROBLEMS['product-not-found']
const common = { tag: 'stock', params: stockPath, errors: [notFound] } as const
/** A line of the ledger is written. */
const changing = {
  ...common,
  method: 'post',
  answers: { 201: { description: 'The line of the ledger.', schema: movementSchema } },
  errors: [notFound, PROBLEMS['too-much-contention']],
  security: STAFF,
} as const

export const readStock = operation({
  ...common,
  method: 'get',
  id: 'readStock',
  summary: 'Says how many pieces of a product there are',
  answers: { 200: { description: 'The stock.', schema: stockSchema } },
})

export const receiveStock = operation({
  ...changing,
  id: 'receiveStock',
  summary: 'Adds pieces that came in',
  body: component(
    'StockReceipt',
    receiptBody.meta({ examples: [{ quantity: 12, reason: 'delivery of Monday' }] }),
  ),
})

export const correctStock = operation({
  ...changing,
  id: 'correctStock',
  summary: 'Sets the stock to what was counted, and says why it differs',
  body: component(
    'StockCorrection',
    correctionBody.meta({ examples: [{ counted: 7, reason: 'two were broken' }] }),
  ),
})

export const listStockMovements = operation({
  ...common,
  method: 'get',
  id: 'listStockMovements',
  summary: 'Lists the ledger of a product’s stock, the newest first',
  query: movementsQuery,
  answers: {
    200: { description: 'A slice; `nextCursor` goes on.', schema: sliceSchema(movementSchema) },
  },
  security: STAFF,
})
