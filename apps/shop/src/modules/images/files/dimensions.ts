import type { Dimensions, ImageType } from '../domain/image.js'

/**
 * The size that the head of a picture says it has, without decoding it: what says that it is enormous is refused
 * before anybody makes room for it. Null when the head does not say it, or says it wrongly.
 */
export function dimensionsOf(type: ImageType, head: Uint8Array): Dimensions | null {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  try {
    switch (type) {
      case 'image/png':
        return pngDimensions(view)
      case 'image/jpeg':
        return jpegDimensions(view)
      case 'image/webp':
        return webpDimensions(view)
    }
  } catch (error) {
    // A read beyond the end: the head is cut, or its lengths lie.
    if (error instanceof RangeError) return null
    throw error
  }
}

/** PNG §11.2.1: the first chunk is IHDR. */
function pngDimensions(view: DataView): Dimensions | null {
  if (view.getUint32(8) !== 13 || textAt(view, 12) !== 'IHDR') return null
  return { width: view.getUint32(16), height: view.getUint32(20) }
}

/** ITU T.81 §B.2.2: the size is in the start of the frame, behind segments whose lengths are to be followed. */
function jpegDimensions(view: DataView): Dimensions | null {
  let at = 2
  while (view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1)
    if (marker === 0xff) {
      // Fill bytes may stand before a marker.
      at++
      continue
    }
    if (isFrame(marker)) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) }
    // The image begins without a frame, or ends.
    if (marker === 0xda || marker === 0xd9) return null
    const length = view.getUint16(at + 2)
    if (length < 2) return null
    at += 2 + length
  }
  return null
}

/** SOF0 to SOF15, without the tables and the extension that lie among them. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
}

/** RFC 9649 §2: simple lossy, simple lossless, or extended. */
function webpDimensions(view: DataView): Dimensions | null {
  switch (textAt(view, 12)) {
    case 'VP8 ':
      return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
    case 'VP8L': {
      if (view.getUint8(20) !== 0x2f) return null
      const bits = view.getUint32(21, true)
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
    }
    case 'VP8X':
      return { width: uint24(view, 24) + 1, height: uint24(view, 27) + 1 }
    default:
      return null
  }
}

function uint24(view: DataView, at: number): number {
  return view.getUint16(at, true) + view.getUint8(at + 2) * 65_536
}

function textAt(view: DataView, at: number): string {
  return String.fromCodePoint(...[0, 1, 2, 3].map((offset) => view.getUint8(at + offset)))
}
