import type { Readable } from 'node:stream'
import type { StorageEngine } from 'multer'
import type { ImageFiles, ReceivedFile } from '../../domain/image-files.js'

type Handle = StorageEngine['_handleFile']
type Remove = StorageEngine['_removeFile']

/** Lets multer store what it reads as an ImageFiles takes it in: as it comes, without a name of the client's. */
export class ReceivingEngine implements StorageEngine {
  readonly #files: ImageFiles
  readonly #count: (request: object, bytes: number) => void

  constructor(files: ImageFiles, count: (request: object, bytes: number) => void) {
    this.#files = files
    this.#count = count
  }

  _handleFile: Handle = (req, file, callback) => {
    this.#files.receive(this.#counted(req, file.stream)).then(
      ({ ticket, bytes }) => callback(null, { path: ticket, size: bytes }),
      (error: unknown) => callback(error),
    )
  }

  _removeFile: Remove = (_req, file, callback) => {
    this.#files.discard(receivedFile(file)).then(() => callback(null), callback)
  }

  async *#counted(req: object, content: Readable): AsyncGenerator<Uint8Array> {
    for await (const chunk of content as AsyncIterable<Uint8Array>) {
      this.#count(req, chunk.byteLength)
      yield chunk
    }
  }
}

/** What `_handleFile` said of a file. */
export function receivedFile({
  path,
  size,
}: {
  readonly path?: unknown
  readonly size: number
}): ReceivedFile {
  if (typeof path !== 'string') throw new TypeError('the file has no ticket: another engine has stored it')
  return { ticket: path, bytes: size }
}
