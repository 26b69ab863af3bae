import { invalidInput } from '../../../http/problems/invalid-input.js'
import { defineProblems, Problem } from '../../../http/problems/problem.js'
import { PROBLEMS } from '../../../http/problems/problem-catalogue.js'
import { DuplicateSku, ProductNotFound, StaleProduct, UnknownCategory } from '../domain/errors.js'

export const CATALOGUE_PROBLEMS = defineProblems({
  'duplicate-sku': {
    status: 409,
    title: 'Another product has this SKU',
    explanation: 'A SKU is unique in the catalogue. Choose another one, or change the product that has it.',
  },
  'stale-product': {
    status: 412,
    title: 'The product was changed by somebody else',
    explanation:
      'None of the entity tags in `If-Match` is that of the product now. Read it again, then repeat the change.',
  },
})

/** What a client is told about the errors of the catalogue's domain. */
export function problemOfCatalogue(error: unknown, method: string): Problem | null {
  if (error instanceof ProductNotFound) {
    return new Problem(PROBLEMS['product-not-found'], `There is no product ${error.id}.`)
  }
  if (error instanceof StaleProduct) {
    const detail = `Product ${error.id} has another version by now; read it again.`
    return new Problem(CATALOGUE_PROBLEMS['stale-product'], detail)
  }
  if (error instanceof DuplicateSku) {
    const problem = `is ${JSON.stringify(error.sku)}, which another product has`
    const errors = [{ in: 'body', field: 'sku', problem, expected: 'a SKU that no product has' }] as const
    return new Problem(CATALOGUE_PROBLEMS['duplicate-sku'], `The SKU ${error.sku} is taken.`, { errors })
  }
  if (error instanceof UnknownCategory) {
    return invalidInput([
      {
        in: method === 'GET' || method === 'HEAD' ? 'query' : 'body',
        field: 'category',
        problem: `is ${JSON.stringify(error.slug)}, which is no category`,
        expected: `one of ${error.known.join(', ')}`,
      },
    ])
  }
  return null
}
