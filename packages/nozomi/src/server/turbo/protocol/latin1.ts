interface WithLatin1Slice {
  latin1Slice(start: number, end: number): string
}

/**
 * Bytes as the characters of the same numbers, which is how node:http gives names, values and targets.
 *
 * Perf: `toString('latin1', ...)` looks the name of the encoding up and checks its bounds first.
 */
export function latin1(bytes: Uint8Array, start: number, end: number): string {
  return (bytes as Uint8Array & WithLatin1Slice).latin1Slice(start, end)
}
