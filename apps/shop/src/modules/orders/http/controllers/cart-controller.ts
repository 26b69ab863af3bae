import type { z } from 'zod'
import type { HandlerOf, Request, Response } from '../../../../http/framework.js'
import { principalOf } from '../../../../http/principal.js'
import type { CartOwner } from '../../domain/cart.js'
import type { ChangeCart } from '../../services/commands/change-cart.js'
import { GUEST_COOKIE, guestOwner, newGuestToken } from '../../services/guest-token.js'
import type { MergeCarts } from '../../services/merge-carts.js'
import type { CartQueries } from '../../services/queries/cart-queries.js'
import type {
  addToCart,
  changeCartLine,
  emptyCart,
  readCart,
  removeCartLine,
} from '../contracts/cart-contracts.js'
import type { guestCookie } from '../input/cart-input.js'
import { representCart } from '../representations.js'

export interface CartControllerDependencies {
  readonly changeCart: ChangeCart
  readonly cartQueries: CartQueries
  readonly mergeCarts: MergeCarts
}

type GuestCookie = z.output<typeof guestCookie>

const KEPT_FOR_MS = 30 * 24 * 60 * 60 * 1000

/** The cart of who asks: a user's, or that of a guest, who is known by a cookie. Each answer is the cart as it is now. */
export class CartController {
  readonly #needs: CartControllerDependencies

  constructor(needs: CartControllerDependencies) {
    this.#needs = needs
  }

  read: HandlerOf<typeof readCart> = async (req, res) => {
    await this.#answer(res, await this.#ownerOf(req, res, req.valid.cookies))
  }

  add: HandlerOf<typeof addToCart> = async (req, res) => {
    const { productId, quantity } = req.valid.body
    const known = await this.#ownerOf(req, res, req.valid.cookies)
    const [owner, token] = known === null ? newGuest() : [known, null]
    await this.#needs.changeCart.add(owner, productId, quantity)
    if (token !== null) setToken(req, res, token)
    await this.#answer(res, owner)
  }

  change: HandlerOf<typeof changeCartLine> = async (req, res) => {
    const { productId } = req.valid.params
    const { quantity } = req.valid.body
    const owner = await this.#ownerOf(req, res, req.valid.cookies)
    await this.#needs.changeCart.change(owner ?? nobody(), productId, quantity)
    await this.#answer(res, owner)
  }

  remove: HandlerOf<typeof removeCartLine> = async (req, res) => {
    const { productId } = req.valid.params
    const owner = await this.#ownerOf(req, res, req.valid.cookies)
    await this.#needs.changeCart.remove(owner ?? nobody(), productId)
    await this.#answer(res, owner)
  }

  clear: HandlerOf<typeof emptyCart> = async (req, res) => {
    const owner = await this.#ownerOf(req, res, req.valid.cookies)
    if (owner !== null) await this.#needs.changeCart.clear(owner)
    await this.#answer(res, owner)
  }

  async #answer(res: Response, owner: CartOwner | null): Promise<void> {
    // It is of one person, and other at each moment.
    res.set('Cache-Control', 'no-store')
    res.json(representCart(await this.#needs.cartQueries.view(owner)))
  }

  /** Null: a guest without a cart. A user who still has a guest's cookie gets what is in that cart, and loses the cookie. */
  async #ownerOf(req: Request, res: Response, cookies: GuestCookie): Promise<CartOwner | null> {
    const principal = await principalOf(req)
    const token = cookies[GUEST_COOKIE]
    if (principal === null) return token === undefined ? null : guestOwner(token)
    if (token !== undefined) {
      await this.#needs.mergeCarts(principal.id, token)
      res.clearCookie(GUEST_COOKIE, { path: '/api' })
    }
    return { kind: 'user', userId: principal.id }
  }
}

function newGuest(): [CartOwner, string] {
  const token = newGuestToken()
  return [guestOwner(token) ?? nobody(), token]
}

/** Who has no cart: a guest whom nobody knows. */
function nobody(): CartOwner {
  return { kind: 'guest', hash: '' }
}

/** Security: out of reach of scripts, and not sent along from other sites. */
function setToken(req: Request, res: Response, token: string): void {
  res.cookie(GUEST_COOKIE, token, {
    httpOnly: true,
    sameSite: 'lax',
    secure: req.secure,
    maxAge: KEPT_FOR_MS,
    path: '/api',
  })
}
