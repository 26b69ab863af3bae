import { close, constants, fstat, open, type Stats, stat as statPath } from 'node:fs'
import { HttpError } from '../errors/http-error.js'
import { asStatError } from './file-errors.js'

/*
 * Opening what is to be sent. The file is opened once and looked at through its handle, so that the length, the
 * validators and the bytes are those of one file, whatever happens to its name meanwhile.
 */

/** Whoever holds one must see to it that it is closed. */
export interface OpenFile {
  path: string
  stat: Stats
  fd: number
}

/** Without an error and without a file, the path is that of a folder. */
export type Opened = (error: Error | null, file: OpenFile | null) => void

/** Security: opening a named pipe would block a thread until somebody writes to it. */
const FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)

export function openFile(path: string, opened: Opened): void {
  open(path, FLAGS, (error, fd) => {
    if (error) refuse(path, error, opened)
    else inspect(path, fd, opened)
  })
}

/** The file descriptor is free again in a later turn; an error of closing is nobody's concern. */
export function closeFile(fd: number): void {
  close(fd, ignore)
}

function inspect(path: string, fd: number, opened: Opened): void {
  fstat(fd, (error, stat) => {
    if (!error && stat.isFile()) {
      opened(null, { path, stat, fd })
      return
    }
    closeFile(fd)
    if (error) opened(error, null)
    else if (stat.isDirectory()) opened(null, null)
    // Pipes, sockets and devices have no length to promise, and no end.
    else opened(new HttpError(404), null)
  })
}

/** A folder may be closed to readers and still be one; Windows opens none at all. */
function refuse(path: string, error: NodeJS.ErrnoException, opened: Opened): void {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR' || error.code === 'ENAMETOOLONG') {
    opened(asStatError(error), null)
    return
  }
  statPath(path, (_, stat) => {
    if (stat?.isDirectory()) opened(null, null)
    else opened(error, null)
  })
}

function ignore(): void {}
