import { z } from 'zod'
import { component } from '../../../http/openapi/components.js'
import type { OperationDescription } from '../../../http/openapi/operation.js'
import { moneySchema } from '../../../http/openapi/shapes.js'
import { PROBLEMS } from '../../../http/problems/problem-catalogue.js'
import { cartLineBody, cartLinePath, quantityBody } from './input/cart-input.js'
import { ORDER_PROBLEMS } from './problems.js'

const cartSchema = component(
  'Cart',
  z.object({
    lines: z.array(
      z.object({
        productId: z.int(),
        quantity: z.int(),
        available: z.boolean().meta({ description: 'Whether as many could be had just now.' }),
        product: z
          .object({ sku: z.string(), name: z.string(), price: moneySchema, stock: z.int() })
          .nullable()
          .meta({ description: 'As it is sold now; null when it is no longer.' }),
        total: moneySchema.nullable(),
      }),
    ),
    total: moneySchema,
  }),
)

const tag = 'carts'
const CART = { description: 'The cart as it is now.', schema: cartSchema }
const answers = { 200: CART }
const parameters = { path: cartLinePath }
const contention = PROBLEMS['too-much-contention']
const errors = [ORDER_PROBLEMS['not-in-cart'], contention]
const security = 'user-or-guest'

const newLine = component('NewCartLine', cartLineBody.meta({ examples: [{ productId: 7, quantity: 2 }] }))
const lineChange = component('CartLineChange', quantityBody.meta({ examples: [{ quantity: 2 }] }))

/** What the OpenAPI document says of the cart: that of who asks, a user or a guest with a cookie. */
export const CART_OPERATIONS: readonly OperationDescription[] = [
  {
    method: 'get',
    path: '/',
    id: 'readCart',
    tag,
    summary: 'The cart, with prices and stock of now',
    answers,
    security,
  },
  {
    method: 'delete',
    path: '/',
    id: 'emptyCart',
    tag,
    summary: 'Takes everything out',
    answers,
    errors: [contention],
    security,
  },
  {
    method: 'post',
    path: '/lines',
    id: 'addToCart',
    tag,
    summary: 'Puts more of a product in',
    body: { schema: newLine },
    answers: {
      200: { ...CART, headers: { 'Set-Cookie': 'Of a new guest: by which the cart is found again.' } },
    },
    errors: [contention],
    security,
  },
  {
    method: 'patch',
    path: '/lines/{productId}',
    id: 'changeCartLine',
    tag,
    summary: 'Says how many of a product',
    parameters,
    body: { schema: lineChange },
    answers,
    errors,
    security,
  },
  {
    method: 'delete',
    path: '/lines/{productId}',
    id: 'removeCartLine',
    tag,
    summary: 'Takes a product out',
    parameters,
    answers,
    errors,
    security,
  },
]
