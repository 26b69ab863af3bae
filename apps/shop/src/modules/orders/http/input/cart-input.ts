import { z } from 'zod'
import { cookieText } from '../../../../http/input/cookie.js'
import { expecting } from '../../../../http/input/expectation.js'
import { numberedId } from '../../../../http/input/id.js'
import { CART_LIMITS } from '../../domain/cart.js'
import { GUEST_COOKIE } from '../../services/guest-token.js'

const QUANTITY = `a whole number of pieces from 1 to ${CART_LIMITS.quantity}`

export const LINE_FIELDS = {
  productId: numberedId,
  quantity: expecting(QUANTITY, z.int().min(1).max(CART_LIMITS.quantity)),
}

export const cartLineBody = expecting(
  'a JSON object such as {"productId":7,"quantity":2}',
  z.strictObject({ ...LINE_FIELDS, quantity: LINE_FIELDS.quantity.default(1) }),
)

export const quantityBody = expecting(
  'a JSON object such as {"quantity":2}',
  z.strictObject({ quantity: LINE_FIELDS.quantity }),
)

export const cartLinePath = z.object({ productId: numberedId })

export const guestCookie = z.object({
  [GUEST_COOKIE]: cookieText(
    'By which the cart of a guest is known. Browsers get it with the first thing that is put in.',
  ),
})
