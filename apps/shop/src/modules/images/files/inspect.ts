import { fileTypeFromBuffer } from 'file-type'
import { ImageSizeRefused, NotAnImage } from '../domain/errors.js'
import { IMAGE_TYPES, type Picture, sizeComplaint } from '../domain/image.js'
import type { ImageFiles, ReceivedFile } from '../domain/image-files.js'
import { dimensionsOf } from './dimensions.js'

/** Enough for the frame of a JPEG, which stands behind profiles and thumbnails. */
const HEAD_BYTES = 262_144

/** What a file is by its bytes, whatever it is called. Rejects with NotAnImage or ImageSizeRefused. */
export async function inspect(files: ImageFiles, received: ReceivedFile): Promise<Picture> {
  if (received.bytes === 0) throw new NotAnImage('is empty')
  const head = await files.head(received, HEAD_BYTES)
  const found = await fileTypeFromBuffer(head)
  const type = IMAGE_TYPES.find((known) => known === found?.mime)
  if (type === undefined) {
    throw new NotAnImage(
      found === undefined ? 'has the bytes of no known type' : `has the bytes of ${found.mime}`,
    )
  }
  const dimensions = dimensionsOf(type, head)
  if (dimensions === null) throw new NotAnImage('does not say its size')
  const complaint = sizeComplaint(dimensions)
  if (complaint !== null) throw new ImageSizeRefused(complaint)
  return { type, bytes: received.bytes, ...dimensions }
}
