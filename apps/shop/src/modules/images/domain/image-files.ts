/** A file that came in and has no name yet. */
export interface ReceivedFile {
  /** Where it is; known to the store alone. */
  readonly ticket: string
  readonly bytes: number
}

/**
 * Where the bytes of images are: a folder, or anything that can keep files by name. Nobody who uploads has a say in
 * names.
 */
export interface ImageFiles {
  /** Takes bytes in as they come. When they break off, nothing is left, and it rejects. */
  receive(content: AsyncIterable<Uint8Array>): Promise<ReceivedFile>
  /** The first bytes of what came in. */
  head(file: ReceivedFile, bytes: number): Promise<Uint8Array>
  /** Gives it its name, from which on it is served. */
  keep(file: ReceivedFile, name: string): Promise<void>
  /** Drops what came in, if it is still there. */
  discard(file: ReceivedFile): Promise<void>
  /** Removes what was kept; nothing happens when it is not there. */
  remove(name: string): Promise<void>
  /** Drops what came in before a time and was never given a name: its process was killed. */
  discardAbandoned(before: Date): Promise<number>
}
