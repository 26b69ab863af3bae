import { readFile, rm, writeFile } from 'node:fs/promises'
import { StartError } from '../process/start-error.js'

/**
 * Makes a file the property of one process: two that write the same journal would ship orders twice. Throws a
 * StartError that names the process which has it; the lock of a process that is gone is taken over.
 */
export async function lockFile(file: string): Promise<{ release(): Promise<void> }> {
  const lock = `${file}.lock`
  const release = (): Promise<void> => rm(lock, { force: true })
  const content = String(process.pid)
  try {
    await writeFile(lock, content, { flag: 'wx' })
    return { release }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  const owner = Number(await readFile(lock, 'utf8'))
  if (owner !== process.pid && isRunning(owner)) {
    throw new StartError(
      `${file} is in use by process ${owner}. Stop that one, or choose another SHIPPING_DATA_FILE.`,
    )
  }
  await writeFile(lock, content)
  return { release }
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
