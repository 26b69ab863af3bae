/** Whether a key could change a prototype, by itself or as a step on the way to one. */
export function isForbidden(key: string): boolean {
  return key === '__proto__' || key === 'constructor' || key === 'prototype'
}
