import zlib from 'node:zlib'

/** What undoes a content coding, and throws for what is none, or is longer than it may be. */
type Inflate = (bytes: Uint8Array, options: { maxOutputLength: number }) => Buffer

// zstd came with Node 22.15 and 23.8.
const { zstdDecompressSync } = zlib as { zstdDecompressSync?: Inflate }

const INFLATES: Readonly<Record<string, Inflate | undefined>> = {
  gzip: zlib.gunzipSync,
  'x-gzip': zlib.gunzipSync,
  deflate: zlib.inflateSync,
  br: zlib.brotliDecompressSync,
  zstd: zstdDecompressSync,
}

/** RFC 9110 §8.4: whoever needs more than these means no good. */
const MAX_CODINGS = 3

/**
 * A body as it was before it was compressed.
 *
 * Security: what inflates to more than the limit is given up when it has: a kilobyte can become a megabyte.
 *
 * @param codings the value of `Content-Encoding`
 * @returns `'too-long'` where it is longer than the limit; `'compressed'` where the coding is unknown, or the bytes are not of it
 */
export function undoCoding(
  bytes: Uint8Array,
  codings: string,
  maxBytes: number,
): Uint8Array | 'compressed' | 'too-long' {
  const names = codings
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '' && coding !== 'identity')
  if (names.length > MAX_CODINGS) return 'compressed'
  let inflated = bytes
  // The last one was done last.
  for (const name of names.toReversed()) {
    const inflate = Object.hasOwn(INFLATES, name) ? INFLATES[name] : undefined
    if (inflate === undefined) return 'compressed'
    try {
      inflated = inflate(inflated, { maxOutputLength: maxBytes })
    } catch (error) {
      return (error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE' ? 'too-long' : 'compressed'
    }
  }
  return inflated
}
