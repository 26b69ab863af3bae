declare const kind: unique symbol

/** The number of one thing: a UUID that can't be taken for that of a thing of another kind. */
export type Id<Kind extends string> = string & { readonly [kind]: Kind }

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/**
 * A new one. RFC 9562 §5.7: version 7 begins with the time in ms, so that what is made together lies together in an
 * index; the rest is random, nobody can guess it.
 */
export function newId<Kind extends string>(now: Date = new Date()): Id<Kind> {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  const view = new DataView(bytes.buffer)
  const time = now.getTime()
  view.setUint16(0, Math.floor(time / 2 ** 32))
  view.setUint32(2, time % 2 ** 32)
  view.setUint8(6, 0x70 | (view.getUint8(6) & 0x0f))
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
