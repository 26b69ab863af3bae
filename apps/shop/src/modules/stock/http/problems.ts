import { invalidInput } from '../../../http/problems/invalid-input.js'
import { errorOfShortage } from '../../../http/problems/shortage.js'
import { defineProblems, Problem } from '../../../http/problems/problem.js'
import { InsufficientStock, StockLimitExceeded } from '../domain/errors.js'

export const STOCK_PROBLEMS = defineProblems({
  'insufficient-stock': {
    status: 409,
    title: 'There are not enough pieces',
    explanation: '`issues` names the product and how many there are. Nothing was ordered; take fewer.',
  },
})

/** What a client is told about the errors of the stock's domain. */
export function problemOfStock(error: unknown): Problem | null {
  if (error instanceof InsufficientStock) {
    const detail = error.shortages
      .map(({ productId, wanted, available }) => {
        return `There are ${available} pieces of product ${productId}, not ${wanted}.`
      })
      .join(' ')
    const errors = error.shortages.map(errorOfShortage)
    return new Problem(STOCK_PROBLEMS['insufficient-stock'], detail, { errors })
  }
  if (error instanceof StockLimitExceeded) {
    const { pieces, limit } = error
    const problem = `is more than there is room for beside ${pieces}`
    return invalidInput([{ in: 'body', field: 'quantity', problem, expected: `at most ${limit - pieces}` }])
  }
  return null
}
