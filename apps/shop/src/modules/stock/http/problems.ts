import { invalidInput } from '../../../http/problems/invalid-input.js'
import { errorOfShortage } from '../../../http/problems/shortage.js'
import { Problem } from '../../../http/problems/problem.js'
import { PROBLEMS } from '../../../http/problems/problem-catalogue.js'
import { InsufficientStock, StockLimitExceeded } from '../domain/errors.js'

/** What a client is told about the errors of the stock's domain. */
export function problemOfStock(error: unknown): Problem | null {
  if (error instanceof InsufficientStock) {
    const detail = error.shortages
      .map(({ productId, wanted, available }) => {
        return `There are ${available} pieces of product ${productId}, not ${wanted}.`
      })
      .join(' ')
    const errors = error.shortages.map(errorOfShortage)
    return new Problem(PROBLEMS['insufficient-stock'], detail, { errors })
  }
  if (error instanceof StockLimitExceeded) {
    const { pieces, limit } = error
    const problem = `is more than there is room for beside ${pieces}`
    return invalidInput([{ in: 'body', field: 'quantity', problem, expected: `at most ${limit - pieces}` }])
  }
  return null
}
