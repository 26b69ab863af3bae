/**
 * Bodies in which, as they were parsed, no key is `__proto__`, `constructor` or `prototype`, at whatever depth: where
 * somebody asks for them. `@nozomi/schema` does, which refuses such keys, and then need not look for them a second time,
 * key by key; the place is made by it.
 *
 * Security: it is the object itself that is known. One that stands in its place, or is a part of it, is not; and of what
 * middleware has put into it since nothing is said. Whoever asks may rely on it only for what would do no harm otherwise.
 */
export function harmlessBodies(): WeakSet<object> | undefined {
  return (globalThis as { [PLACE]?: WeakSet<object> })[PLACE]
}

const PLACE = Symbol.for('nozomi.body.harmless')
