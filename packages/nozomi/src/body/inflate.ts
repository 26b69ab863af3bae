import type { Transform } from 'node:stream'
import zlib from 'node:zlib'

/** Makes the stream that undoes a content coding (RFC 9110 §8.4.1). */
export type CreateInflater = () => Transform

// zstd came with Node 22.15 and 23.8.
const { createZstdDecompress } = zlib as { createZstdDecompress?: CreateInflater }

/** What undoes a content coding, given in lower case; null for one that is unknown. */
export function inflaterOf(coding: string): CreateInflater | null {
  switch (coding) {
    case 'gzip':
      return zlib.createGunzip
    case 'deflate':
      return zlib.createInflate
    case 'br':
      return zlib.createBrotliDecompress
    case 'zstd':
      return createZstdDecompress ?? null
    default:
      return null
  }
}
