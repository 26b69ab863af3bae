import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { PGlite } from '@electric-sql/pglite'
import { drizzle } from 'drizzle-orm/pglite'
import { migrate } from 'drizzle-orm/pglite/migrator'
import type { Database } from '../repositories/postgres/database.js'
import type { Log } from '../process/log.js'
import { lockFolder } from './folder-lock.js'
import { MIGRATIONS_FOLDER, type OpenDatabase } from './open-database.js'
import { PgliteFolder } from './pglite-folder.js'
import { loadTemplate, removeTemplate } from './pglite-template.js'

export interface PgliteOptions {
  /** The folder of the data; made when it does not exist. */
  readonly folder: string
  /** The folder in which the template of an empty database is kept. */
  readonly templates: string
  readonly log: Log
  /** Lays in what a new database shall hold. Runs at each start, after the migrations. */
  readonly fill: (database: Database) => Promise<void>
}

/** The version of PGlite that is installed. */
export const PGLITE_VERSION = installedVersion()

/**
 * Opens the embedded PostgreSQL on a folder, which this process then holds alone; makes it when there is none. A
 * cluster that can't be opened is moved aside and replaced by a new one, and the log says so.
 */
export async function openPglite(options: PgliteOptions): Promise<OpenDatabase> {
  const unlock = lockFolder(options.folder)
  try {
    const folder = new PgliteFolder(options.folder, PGLITE_VERSION)
    const client = (await openKept(folder, options)) ?? (await createCluster(folder, options))
    const database = drizzle(client)
    await migrate(database, {
      migrationsFolder: fileURLToPath(MIGRATIONS_FOLDER),
      migrationsSchema: 'public',
    })
    await options.fill(database)
    folder.markReady()
    return {
      database,
      description: `PGlite ${PGLITE_VERSION} in ${options.folder}`,
      close: async () => {
        await client.close()
        unlock()
      },
    }
  } catch (error) {
    unlock()
    throw error
  }
}

/** The cluster of an earlier start; null when there is none that can be used. */
async function openKept(folder: PgliteFolder, { log }: PgliteOptions): Promise<PGlite | null> {
  const state = folder.state()
  if (state === 'absent') return null
  if (state === 'unfinished') {
    log.warn('the embedded database was not finished when the shop last stopped; making it anew')
    folder.discard()
    return null
  }
  if (state === 'ready') {
    const client = await openCluster(folder.cluster)
    if (client !== null) return client
  }
  const aside = folder.setAside(new Date())
  log.warn(`the embedded database can not be opened; making a new one. The old one is kept as\n  ${aside}`)
  return null
}

/** Null when the files are damaged, or of another major version of PostgreSQL. */
async function openCluster(cluster: string): Promise<PGlite | null> {
  try {
    const client = await PGlite.create(cluster)
    // Reads every page of the table, and so checks their checksums.
    await client.query('SELECT count(*) FROM products')
    return client
  } catch {
    return null
  }
}

async function createCluster(folder: PgliteFolder, { templates, log }: PgliteOptions): Promise<PGlite> {
  const template = await loadTemplate(templates, PGLITE_VERSION, log)
  try {
    return await PGlite.create(folder.cluster, { loadDataDir: template })
  } catch (error) {
    // Not to fail in the same way at the next start.
    await removeTemplate(templates, PGLITE_VERSION)
    folder.discard()
    throw error
  }
}

function installedVersion(): string {
  const manifest = new URL('../package.json', import.meta.resolve('@electric-sql/pglite'))
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version
}
