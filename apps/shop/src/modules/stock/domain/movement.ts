import type { MovementKind } from './stock.js'

/** One change of a product's stock: a line of the ledger. */
export interface Movement {
  /** Later ones have higher numbers. */
  readonly id: number
  readonly productId: number
  readonly kind: MovementKind
  /** Negative when pieces went out. */
  readonly change: number
  readonly stockAfter: number
  readonly reason: string
  /** Who has done it: the id of a user. */
  readonly actor: string
  readonly at: Date
}

export type NewMovement = Omit<Movement, 'id'>

/** The ledger: lines are added, and never changed. */
export interface MovementRepository {
  add(movement: NewMovement): Promise<Movement>
  /** The newest first; those before `before`, when it is not null. */
  list(productId: number, before: number | null, limit: number): Promise<readonly Movement[]>
}
