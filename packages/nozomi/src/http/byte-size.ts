const UNITS = { kb: 2 ** 10, mb: 2 ** 20, gb: 2 ** 30, tb: 2 ** 40, pb: 2 ** 50 }

const SIZE = /^([-+]?\d+(?:\.\d+)?) *(kb|mb|gb|tb|pb)$/i

/**
 * The number of bytes that a size such as `'100kb'`, `'1.5 MB'` or `1024` stands for; null when it is none. Units
 * are powers of 1024; the result is rounded down.
 *
 * Parity: as the `bytes` package of Express. A number is taken as it is, and a string without a known unit counts
 * the bytes by its leading integer (`'200'`, but also `'200 apples'`, is 200).
 */
export function parseByteSize(value: unknown): number | null {
  if (typeof value === 'number') return Number.isNaN(value) ? null : value
  if (typeof value !== 'string') return null
  const match = SIZE.exec(value)
  if (match) return Math.floor(Number(match[1]) * UNITS[match[2]?.toLowerCase() as keyof typeof UNITS])
  const bytes = Number.parseInt(value, 10)
  return Number.isNaN(bytes) ? null : bytes
}
