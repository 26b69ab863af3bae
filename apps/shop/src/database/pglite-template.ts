import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import { PGlite } from '@electric-sql/pglite'
import type { Log } from '../process/log.js'

/**
 * An empty database cluster, kept as an archive. Making one (PostgreSQL's initdb) costs about 5 s of CPU, unpacking
 * one 0.6 s; so it is made once on a machine, and new data folders and the tests start from it.
 *
 * It is not shipped: it is 4.5 MB and good for one version of PGlite only.
 */
export async function loadTemplate(folder: string, version: string, log: Log): Promise<Blob> {
  const file = join(folder, `pglite-${version}.tar.gz`)
  const kept = await readArchive(file)
  if (kept !== null) return new Blob([kept])
  log.info('making the embedded database (once, takes about 5 s) ...')
  const archive = await createArchive()
  await keepArchive(file, archive, log)
  return new Blob([archive])
}

export async function removeTemplate(folder: string, version: string): Promise<void> {
  await rm(join(folder, `pglite-${version}.tar.gz`), { force: true })
}

/** Null when there is no archive, or when it is damaged: gzip has a checksum. */
async function readArchive(file: string): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    return new Uint8Array(await promisify(gunzip)(await readFile(file)))
  } catch {
    return null
  }
}

async function createArchive(): Promise<Uint8Array<ArrayBuffer>> {
  const database = await PGlite.create()
  try {
    const archive = await database.dumpDataDir('none')
    return new Uint8Array(await archive.arrayBuffer())
  } finally {
    await database.close()
  }
}

/** Written beside and renamed, so that a process that is killed leaves no half. Failing costs time later only. */
async function keepArchive(file: string, archive: Uint8Array, log: Log): Promise<void> {
  const beside = `${file}.${randomUUID()}`
  try {
    await mkdir(join(file, '..'), { recursive: true })
    await writeFile(beside, await promisify(gzip)(archive))
    await rename(beside, file)
  } catch (error) {
    await rm(beside, { force: true })
    log.warn(`the template of the embedded database could not be kept: ${(error as Error).message}`)
  }
}
