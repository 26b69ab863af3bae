import { z } from 'zod'
import { component } from '../../../../http/contracts/component.js'
import { operation } from '../../../../http/contracts/operation.js'
import { moneySchema } from '../../../../http/contracts/shapes.js'
import { PROBLEMS } from '../../../../http/problems/problem-catalogue.js'
import { cartLineBody, cartLinePath, guestCookie, quantityBody } from '../input/cart-input.js'
import { ORDER_PROBLEMS } from '../problems.js'

export const cartSchema = component(
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

const CART = { description: 'The cart as it is now.', schema: cartSchema } as const

const contention = PROBLEMS['too-much-contention']
/** Of who asks: a user, or a guest with a cookie. */
const common = {
  tag: 'carts',
  security: 'user-or-guest',
  cookies: guestCookie,
  answers: { 200: CART },
} as const
const ofLine = {
  ...common,
  params: cartLinePath,
  errors: [ORDER_PROBLEMS['not-in-cart'], contention],
} as const

export const readCart = operation({
  ...common,
  method: 'get',
  id: 'readCart',
  summary: 'The cart, with prices and stock of now',
})

export const emptyCart = operation({
  ...common,
  method: 'delete',
  id: 'emptyCart',
  summary: 'Takes everything out',
  body: null,
  errors: [contention],
})

export const addToCart = operation({
  ...common,
  method: 'post',
  id: 'addToCart',
  summary: 'Puts more of a product in',
  body: component('NewCartLine', cartLineBody.meta({ examples: [{ productId: 7, quantity: 2 }] })),
  answers: {
    200: { ...CART, headers: { 'Set-Cookie': 'Of a new guest: by which the cart is found again.' } },
  },
  errors: [contention],
})

export const changeCartLine = operation({
  ...ofLine,
  method: 'patch',
  id: 'changeCartLine',
  summary: 'Says how many of a product',
  body: component('CartLineChange', quantityBody.meta({ examples: [{ quantity: 2 }] })),
})

export const removeCartLine = operation({
  ...ofLine,
  method: 'delete',
  id: 'removeCartLine',
  summary: 'Takes a product out',
  body: null,
})
