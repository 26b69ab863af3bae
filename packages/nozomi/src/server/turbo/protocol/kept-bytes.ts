/*
 * The bytes so far of a message that comes in pieces.
 *
 * Security: a client may send a head byte by byte. So what has come is not copied again for each packet, only now and
 * then, when the room is twice as large as before.
 */

const NOTHING = Buffer.alloc(0)
const LEAST_ROOM = 512

export class KeptBytes {
  #room: Buffer = NOTHING
  #length = 0

  get length(): number {
    return this.#length
  }

  /** Copies what is behind `from`: packets are not ours. */
  set(bytes: Buffer, from: number): void {
    // Not from node's pool, of which a few bytes would keep 8 KiB alive.
    this.#room = Buffer.allocUnsafeSlow(Math.max(LEAST_ROOM, bytes.length - from))
    this.#length = bytes.copy(this.#room, 0, from)
  }

  /** Adds what is behind `from`, and gives all; valid until more is added. */
  append(bytes: Buffer, from: number): Buffer {
    const length = this.#length + bytes.length - from
    if (length > this.#room.length) {
      const room = Buffer.allocUnsafeSlow(Math.max(length, this.#room.length * 2))
      this.#room.copy(room, 0, 0, this.#length)
      this.#room = room
    }
    bytes.copy(this.#room, this.#length, from)
    this.#length = length
    return this.#room.subarray(0, length)
  }

  /** Leaves out the first ones. */
  drop(count: number): void {
    if (count === 0) return
    this.#room.copyWithin(0, count, this.#length)
    this.#length -= count
  }
}
