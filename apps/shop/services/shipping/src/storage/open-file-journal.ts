import { type FileHandle, mkdir, open, readFile, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Logger } from 'pino'
import type { Shipment } from '../domain/shipment.js'
import { StartError } from '../process/start-error.js'
import type { Journal } from '../use-cases/journal.js'
import { FileJournal } from './file-journal.js'
import { lockFile } from './file-lock.js'
import { formatShipment, parseShipment } from './stored-shipment.js'

export interface OpenJournal {
  readonly journal: Journal
  /** The latest state of each order's shipment, in the order in which they were made. */
  readonly kept: readonly Shipment[]
}

/**
 * Opens the journal in a file, one line of JSON for each change of a shipment, and makes it anew with the latest line
 * of each. Throws a StartError when the file can't be read or written, or belongs to another process.
 */
export async function openFileJournal(file: string, log: Logger): Promise<OpenJournal> {
  try {
    await mkdir(dirname(file), { recursive: true })
    const lock = await lockFile(file)
    try {
      const { kept, damaged } = await readShipments(file)
      if (damaged > 0) log.warn({ file, damaged }, 'lines of the journal could not be read and are left out')
      const handle = await writeAnew(file, kept)
      return { journal: new FileJournal(handle, () => lock.release()), kept }
    } catch (error) {
      await lock.release()
      throw error
    }
  } catch (error) {
    if (error instanceof StartError || !(error instanceof Error)) throw error
    throw new StartError(
      `SHIPPING_DATA_FILE is "${file}", which can not be used: ${error.message}. Choose another file, or "memory:".`,
      { cause: error },
    )
  }
}

/** A process that was killed leaves a last line that is cut off; whatever it stood for was told to nobody. */
async function readShipments(file: string): Promise<{ kept: Shipment[]; damaged: number }> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  const latest = new Map<string, Shipment>()
  let damaged = 0
  for (const line of text.split('\n')) {
    if (line === '') continue
    const shipment = parseShipment(line)
    if (shipment) latest.set(shipment.orderId, shipment)
    else damaged += 1
  }
  return { kept: [...latest.values()], damaged }
}

/** Written beside the file and renamed onto it, so that there is a whole one at any time. */
async function writeAnew(file: string, shipments: readonly Shipment[]): Promise<FileHandle> {
  const temporary = `${file}.new`
  const handle = await open(temporary, 'w')
  try {
    await handle.appendFile(shipments.map((shipment) => `${formatShipment(shipment)}\n`).join(''))
    await handle.sync()
    await rename(temporary, file)
    return handle
  } catch (error) {
    await handle.close()
    throw error
  }
}
