import type { Params } from './messages.js'

/**
 * The parameters of a router that was made with `mergeParams`: the parent's, then its own.
 * Numbered parameters of the router count on from the parent's, so that neither hides the other.
 */
export function mergeParams(own: Params, parent: Params | null | undefined): Params {
  if (typeof parent !== 'object' || parent === null) return own
  const merged: Params = Object.assign({}, parent)
  if (!(0 in own) || !(0 in parent)) return Object.assign(merged, own)
  const shift = countNumbered(parent)
  const numbered = countNumbered(own)
  for (const [name, value] of Object.entries(own)) {
    const index = Number(name)
    merged[index < numbered ? String(index + shift) : name] = value
  }
  return merged
}

/** How many of the keys 0, 1, 2, ... there are without a gap. */
function countNumbered(params: Params): number {
  let count = 0
  while (count in params) count++
  return count
}
