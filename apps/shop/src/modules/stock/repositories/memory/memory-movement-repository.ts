import type { MemoryDatabase } from '../../../../platform/database/memory-database.js'
import type { MemoryTable } from '../../../../platform/database/memory-table.js'
import type { Movement, MovementRepository, NewMovement } from '../../domain/movement.js'

export class MemoryMovementRepository implements MovementRepository {
  readonly #memory: MemoryDatabase
  readonly #movements: MemoryTable<number, Movement>

  constructor(memory: MemoryDatabase) {
    this.#memory = memory
    this.#movements = memory.table('stock_movements')
  }

  async add(movement: NewMovement): Promise<Movement> {
    const stored = { ...movement, id: this.#memory.nextOf('stock_movements') }
    this.#movements.set(stored.id, stored)
    return stored
  }

  async list(productId: number, before: number | null, limit: number): Promise<readonly Movement[]> {
    return this.#movements
      .values()
      .filter((movement) => movement.productId === productId && (before === null || movement.id < before))
      .toSorted((left, right) => right.id - left.id)
      .slice(0, limit)
  }
}
