import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { StartError } from '../configuration/start-error.js'

/**
 * Takes a data folder for this process; gives the function that lets it go. PGlite does not guard its files: two
 * processes in one folder would destroy it.
 *
 * The lock is a file with the number of the process. A process that was killed leaves it behind; the next one sees
 * that nobody has the number any more and takes over. Throws a StartError when the folder is in use.
 */
export function lockFolder(folder: string): () => void {
  const file = join(folder, 'lock')
  if (!tryLock(file)) {
    const owner = ownerOf(file)
    if (owner !== null) {
      throw new StartError(
        `the data folder ${folder} is in use by process ${owner}, probably another shop.\n` +
          `Stop that one, or give this one a folder of its own (DATA_DIR) or a real PostgreSQL (DATABASE_URL).`,
      )
    }
    rmSync(file, { force: true })
    if (!tryLock(file)) throw new StartError(`the data folder ${folder} was just taken by another process`)
  }
  return () => rmSync(file, { force: true })
}

function tryLock(file: string): boolean {
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, `${process.pid}\n`, { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST' && existsSync(file)) return false
    throw new StartError(`the data folder can not be written (DATA_DIR): ${(error as Error).message}`)
  }
}

/** The living process that holds the lock; null when there is none. */
function ownerOf(file: string): number | null {
  try {
    const owner = Number.parseInt(readFileSync(file, 'utf8'), 10)
    if (!Number.isSafeInteger(owner) || owner <= 0) return null
    // In a container, the shop has the same number at each start: a lock from before this process is not ours.
    if (owner === process.pid) return statSync(file).mtimeMs < processStart() ? null : owner
    process.kill(owner, 0)
    return owner
  } catch (error) {
    // EPERM: the process lives, under another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
      ? Number.parseInt(readFileSync(file, 'utf8'), 10)
      : null
  }
}

function processStart(): number {
  return Date.now() - process.uptime() * 1000
}
