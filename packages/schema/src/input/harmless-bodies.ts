/**
 * Bodies in which, as they were parsed, no key is `__proto__`, `constructor` or `prototype`, at whatever depth. Nozomi's `json()` notes here those
 * that have a long text; it finds the place without either package loading the other, on stock Express too.
 *
 * Security: a body is the object that was parsed, and no other; but middleware may have put something into it since. So this is asked only
 * where nothing could come of that (`strangers.ts`).
 */
const harmless: WeakSet<object> = placeOfAll()

export function wasHarmless(body: unknown): boolean {
  return typeof body === 'object' && body !== null && harmless.has(body)
}

function placeOfAll(): WeakSet<object> {
  const PLACE = Symbol.for('nozomi.body.harmless')
  const places = globalThis as { [PLACE]?: WeakSet<object> }
  if (places[PLACE] === undefined) Object.defineProperty(places, PLACE, { value: new WeakSet() })
  return places[PLACE]!
}
