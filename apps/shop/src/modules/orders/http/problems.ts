import { invalidInput } from '../../../http/problems/invalid-input.js'
import { defineProblems, type FieldError, Problem } from '../../../http/problems/problem.js'
import { errorOfShortage } from '../../../http/problems/shortage.js'
import {
  CartIsFull,
  EmptyOrder,
  LineNotFound,
  OrderNotFound,
  OrderStateConflict,
  StaleOrder,
  UnknownProducts,
} from '../domain/errors.js'

export const ORDER_PROBLEMS = defineProblems({
  'order-not-found': {
    status: 404,
    title: 'There is no such order',
    explanation: 'It never was, or it is that of somebody else.',
  },
  'not-in-cart': {
    status: 404,
    title: 'The product is not in the cart',
    explanation: 'Read the cart again: it may have been changed from elsewhere.',
  },
  'empty-order': {
    status: 409,
    title: 'There is nothing to order',
    explanation: 'The cart is empty. Put something into it, or send `lines`.',
  },
  'order-state': {
    status: 409,
    title: 'The order is past that',
    explanation: '`detail` says where the order is, and why this can not be done with it any more.',
  },
  'stale-order': {
    status: 412,
    title: 'The order was changed by somebody else',
    explanation:
      'None of the entity tags in `If-Match` is that of the order now. Read it again, then decide anew.',
  },
})

/** What a client is told about the errors of the domain of orders. */
export function problemOfOrders(error: unknown): Problem | null {
  if (error instanceof OrderNotFound)
    return new Problem(ORDER_PROBLEMS['order-not-found'], `There is no order ${error.id}.`)
  if (error instanceof StaleOrder)
    return new Problem(ORDER_PROBLEMS['stale-order'], `Order ${error.id} has another version by now.`)
  if (error instanceof OrderStateConflict)
    return new Problem(ORDER_PROBLEMS['order-state'], `The order is ${error.status}: ${error.reason}.`)
  if (error instanceof EmptyOrder)
    return new Problem(ORDER_PROBLEMS['empty-order'], 'The cart is empty, and no lines were sent.')
  if (error instanceof LineNotFound)
    return new Problem(ORDER_PROBLEMS['not-in-cart'], `Product ${error.productId} is not in the cart.`)
  if (error instanceof UnknownProducts) {
    const unknown = error.products.map(({ productId, line }): FieldError => {
      const field = line === null ? 'productId' : `lines.${line}.productId`
      const problem = `is ${productId}, which is no product`
      return { in: 'body', field, problem, expected: 'the id of a product that is sold' }
    })
    return invalidInput([...unknown, ...error.shortages.map(errorOfShortage)])
  }
  if (error instanceof CartIsFull) {
    const { field, limit } = error
    const [problem, expected] =
      field === 'quantity'
        ? ['makes more than a line can have', `at most ${limit} pieces in all`]
        : ['is one product too many', `at most ${limit} different products`]
    return invalidInput([{ in: 'body', field, problem, expected }])
  }
  return null
}
