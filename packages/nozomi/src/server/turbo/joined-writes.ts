import type { Socket } from 'node:net'

/*
 * Answers that leave together, because their requests came together, leave as one string.
 *
 * Perf: node writes several strings by making bytes of each and handing the kernel a list of them. One string costs a third of
 * that (bench/run.mjs hello-pipelined).
 */

/** Above this many characters the copy costs more than it spares. */
const MOST = 64 * 1024

interface Piece {
  chunk: unknown
  encoding: string
}

type Callback = (error?: Error | null) => void
type Writing = Socket & { _writev(pieces: Piece[], callback: Callback): void }

/** Joins what the socket writes at once, where it is text in one encoding. */
export function joinWrites(socket: Socket): void {
  // What stands for a socket may write one piece after the other.
  if ((socket as Writing)._writev) (socket as Writing)._writev = writeJoined
}

function writeJoined(this: Writing, pieces: Piece[], callback: Callback): void {
  const text = joined(pieces)
  if (text === null) (Object.getPrototypeOf(this) as Writing)._writev.call(this, pieces, callback)
  else this._write(text, (pieces[0] as Piece).encoding as BufferEncoding, callback)
}

/** The text of all pieces; null when they are not of one kind. */
function joined(pieces: Piece[]): string | null {
  const { encoding } = pieces[0] as Piece
  if (encoding !== 'utf8') return null
  let text = ''
  for (let i = 0; i < pieces.length; i++) {
    const piece = pieces[i] as Piece
    if (typeof piece.chunk !== 'string' || piece.encoding !== encoding) return null
    text += piece.chunk
    if (text.length > MOST) return null
  }
  return text
}
