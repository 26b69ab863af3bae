import type { Transform } from 'node:stream'
import zlib from 'node:zlib'

/** Makes the stream that undoes a content coding (RFC 9110 §8.4.1). */
export type CreateInflater = () => Transform

// zstd came with Node 22.15 and 23.8.
const { createZstdDecompress } = zlib as {
  createZstdDecompress?: (options: { params: Record<number, number> }) => Transform
}

/**
 * RFC 9659 §3: a window is at most 8 MB large. Security: else a frame of a few bytes makes the decoder set aside 128 MB.
 */
const ZSTD_OPTIONS = {
  params: { [(zlib.constants as Record<string, number>)['ZSTD_d_windowLogMax'] ?? 100]: 23 },
}

const createZstdInflater: CreateInflater | null = createZstdDecompress
  ? () => createZstdDecompress(ZSTD_OPTIONS)
  : null

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
      return createZstdInflater
    default:
      return null
  }
}
