declare const kind: unique symbol

/** The number of one thing: a UUID that can't be taken for that of a thing of another kind. */
export type Id<Kind extends string> = string & { readonly [kind]: Kind }

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

const MOST_IN_A_MS = 0xfff

/**
 * What a process numbers in one millisecond, in the order in which it was made. RFC 9562 §6.2, method 1: behind the time
 * stands a counter, which begins anew at a random number in each millisecond.
 */
class Moments {
  #time = 0
  #count = 0

  next(time: number): { time: number; count: number } {
    if (time !== this.#time) {
      this.#time = time
      // The lower half, so that there is room to count.
      this.#count = (crypto.getRandomValues(new Uint16Array(1))[0] as number) & (MOST_IN_A_MS >> 1)
    } else if (this.#count < MOST_IN_A_MS) this.#count++
    return { time, count: this.#count }
  }
}

const moments = new Moments()

/**
 * A new one. RFC 9562 §5.7: version 7 begins with the time in ms, so that what is made together lies together in an
 * index; then the place in that ms; the rest is random, nobody can guess it.
 */
export function newId<Kind extends string>(now: Date = new Date()): Id<Kind> {
  const { time, count } = moments.next(now.getTime())
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  const view = new DataView(bytes.buffer)
  view.setUint16(0, Math.floor(time / 2 ** 32))
  view.setUint32(2, time % 2 ** 32)
  view.setUint16(6, 0x7000 | count)
  view.setUint8(8, 0x80 | (view.getUint8(8) & 0x3f))
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join(
    '-',
  ) as Id<Kind>
}

/** Whether a text has the shape of an id: a UUID in small letters. */
export function isId<Kind extends string>(text: string): text is Id<Kind> {
  return UUID.test(text)
}
