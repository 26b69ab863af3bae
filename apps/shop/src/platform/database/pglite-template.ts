import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import { PGlite } from '@electric-sql/pglite'
import { drizzle } from 'drizzle-orm/pglite'
import type { Log } from '../log/log.js'
import { fingerprintOf, MIGRATIONS_FOLDER, migrateDatabase, readMigrations } from './migrations.js'

/**
 * Database clusters, kept as archives. Making an empty one (PostgreSQL's initdb) costs about 5 s of CPU, unpacking one
 * 0.6 s; so it is made once on a machine, and new data folders start from it. The tests start from one that has the
 * migrations too; when these change, it is made anew from the empty one.
 *
 * They are not shipped: they have 4.5 MB and are good for one version of PGlite only.
 */
export function loadEmptyCluster(folder: string, version: string, log: Log): Promise<Blob> {
  return load(emptyClusterFile(folder, version), log, () => {
    log.info('making the embedded database (once, takes about 5 s) ...')
    return archiveOf(PGlite.create())
  })
}

/** A cluster with all migrations done. */
export async function loadMigratedCluster(folder: string, version: string, log: Log): Promise<Blob> {
  const migrations = readMigrations(MIGRATIONS_FOLDER)
  const name = `${clusterName(version)}-migrated-`
  const file = `${name}${fingerprintOf(migrations)}.tar.gz`
  return load(join(folder, file), log, async () => {
    const empty = await loadEmptyCluster(folder, version, log)
    await removeFiles(
      folder,
      (other) => other.startsWith(name) && other.endsWith('.tar.gz') && other !== file,
    )
    return archiveOf(PGlite.create({ loadDataDir: empty }), async (client) =>
      migrateDatabase(drizzle(client), 'public', migrations),
    )
  })
}

export async function removeTemplate(folder: string, version: string): Promise<void> {
  await rm(emptyClusterFile(folder, version), { force: true })
}

/** Null when there is no archive, or when it is damaged: gzip has a checksum. */
async function readArchive(file: string): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    return new Uint8Array(await promisify(gunzip)(await readFile(file)))
  } catch {
    return null
  }
}

/** What is kept in a file, or else is made now and kept there. */
async function load(file: string, log: Log, make: () => Promise<Uint8Array<ArrayBuffer>>): Promise<Blob> {
  const kept = await readArchive(file)
  if (kept !== null) return new Blob([kept])
  const archive = await make()
  await keepArchive(file, archive, log)
  return new Blob([archive])
}

async function archiveOf(
  opening: Promise<PGlite>,
  prepare: (client: PGlite) => Promise<void> = async () => {},
): Promise<Uint8Array<ArrayBuffer>> {
  const client = await opening
  try {
    await prepare(client)
    const archive = await client.dumpDataDir('none')
    return new Uint8Array(await archive.arrayBuffer())
  } finally {
    await client.close()
  }
}

async function removeFiles(folder: string, isOld: (name: string) => boolean): Promise<void> {
  const names = await readdir(folder).catch(() => [])
  for (const name of names.filter(isOld)) await rm(join(folder, name), { force: true })
}

function clusterName(version: string): string {
  return `pglite-${version}`
}

function emptyClusterFile(folder: string, version: string): string {
  return join(folder, `${clusterName(version)}.tar.gz`)
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
