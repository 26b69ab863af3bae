/** A seed for a part of a run, made of that of the whole and the name of the part: it is the same whatever else runs. */
export function seedOf(seed: number, ...names: readonly (string | number)[]): number {
  // FNV-1a, 32 bits.
  let hash = 0x811c9dc5
  for (const char of [seed, ...names].join('\n')) {
    hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193)
  }
  return hash | 0
}
