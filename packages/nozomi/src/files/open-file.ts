import { close, constants, fstatSync, open, type Stats, stat as statPath } from 'node:fs'
import type { Coding } from './content-coding.js'
import type { FileDescription } from './file-description.js'
import { asStatError, refusalError } from './file-errors.js'

/*
 * Looking for a file, by opening it or by asking for its state.
 *
 * What is to be sent is opened once and looked at through its handle, so that the length, the validators and the bytes
 * are those of one file, whatever happens to its name meanwhile. For an answer that will hardly need the bytes (HEAD,
 * 304) the state is enough.
 */

/** Whoever holds one must see to it that it is closed. */
export interface FoundFile {
  path: string
  stat: Stats
  /** Null as long as the file has not been opened. */
  fd: number | null
  /** What memory has of this very version of the file. */
  kept: { content: Buffer; description: FileDescription } | null
  /** How the file is encoded that stands for another one, whose name is its own without the extension of the coding. */
  coding: Coding | null
}

export interface OpenFile extends FoundFile {
  fd: number
}

/** Without an error and without a file, the path is that of a folder. */
export type Found<File extends FoundFile> = (error: Error | null, file: File | null) => void

/** Security: opening a named pipe would block a thread until somebody writes to it. */
const FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)

export function openFile(path: string, found: Found<OpenFile>): void {
  open(path, FLAGS, (error, fd) => {
    if (error) refuse(path, error, found)
    else inspect(path, fd, found)
  })
}

export function statFile(path: string, found: Found<FoundFile>): void {
  statPath(path, (error, stat) => {
    if (error) found(error, null)
    else report({ path, stat, fd: null, kept: null, coding: null }, found)
  })
}

/** The file descriptor is free again in a later turn; an error of closing is nobody's concern. */
export function closeFile({ fd }: { fd: number | null }): void {
  if (fd !== null) close(fd, ignore)
}

/**
 * Whether both are the same state of the same file. Nobody can set `ctime`: a change that keeps the size and puts `mtime`
 * back is seen as well, and one of the rights. The times have fractions, down to a quarter of a microsecond.
 */
export function isSameVersion(a: Stats, b: Stats): boolean {
  return (
    a.ino === b.ino &&
    a.ctimeMs === b.ctimeMs &&
    a.size === b.size &&
    a.mtimeMs === b.mtimeMs &&
    a.dev === b.dev
  )
}

/**
 * Perf: the state of an open file is in the kernel's memory, so asking for it never waits for a disk. Going through the
 * thread pool for it costs a file of 10 KB a sixth of its CPU time (Node 24).
 */
function inspect(path: string, fd: number, found: Found<OpenFile>): void {
  let stat: Stats
  try {
    stat = fstatSync(fd)
  } catch (error) {
    closeFile({ fd })
    found(error as Error, null)
    return
  }
  report({ path, stat, fd, kept: null, coding: null }, found)
}

/** Pipes, sockets and devices have no length to promise, and no end: to us they are missing. */
function report<File extends FoundFile>(file: File, found: Found<File>): void {
  if (file.stat.isFile()) {
    found(null, file)
    return
  }
  closeFile(file)
  found(file.stat.isDirectory() ? null : refusalError(404), null)
}

/** A folder may be closed to readers and still be one; Windows opens none at all. A socket can't be opened anywhere. */
function refuse(path: string, error: NodeJS.ErrnoException, found: Found<OpenFile>): void {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR' || error.code === 'ENAMETOOLONG') {
    found(asStatError(error), null)
    return
  }
  statPath(path, (_, stat) => {
    if (!stat || stat.isFile()) found(error, null)
    else found(stat.isDirectory() ? null : refusalError(404), null)
  })
}

function ignore(): void {}
