import type { ChangeCart } from './commands/change-cart.js'
import { guestOwner } from './guest-token.js'

/** For whoever signs people in: brings what the guest has gathered into the user's cart. In the container by its name. */
export type MergeCarts = (userId: string, guestToken: string | undefined) => Promise<void>

export function createMergeCarts(changeCart: ChangeCart): MergeCarts {
  return async function mergeCarts(userId, guestToken) {
    const guest = guestToken === undefined ? null : guestOwner(guestToken)
    if (guest !== null) await changeCart.merge(userId, guest)
  }
}
