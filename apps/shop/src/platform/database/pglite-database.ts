import { readFileSync } from 'node:fs'
import { PGlite } from '@electric-sql/pglite'
import { drizzle } from 'drizzle-orm/pglite'
import type { Log } from '../log/log.js'
import { lockFolder } from './folder-lock.js'
import { migrateDatabase } from './migrations.js'
import type { MemoryCluster, OpenMemoryCluster } from './memory-cluster.js'
import type { FillDatabase, OpenDatabase } from './open-database.js'
import { PgliteFolder } from './pglite-folder.js'
import { loadEmptyCluster, loadMigratedCluster, removeTemplate } from './pglite-template.js'

export interface PgliteInMemoryOptions {
  /** The folder in which the templates of databases are kept. */
  readonly templates: string
  readonly log: Log
  readonly fill: FillDatabase
  /** Where the database comes from. Default: a new one. */
  readonly open?: OpenMemoryCluster | undefined
}

export interface PgliteOptions extends PgliteInMemoryOptions {
  /** The folder of the data; made when it does not exist. */
  readonly folder: string
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
    await migrateDatabase(database, 'public')
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

/** Opens an embedded PostgreSQL whose data is gone with the process. It begins with the migrations done. */
export async function openPgliteInMemory(options: PgliteInMemoryOptions): Promise<OpenDatabase> {
  const { templates, log, fill, open = openMemoryCluster } = options
  const { client, close } = await open(templates, log)
  const database = drizzle(client)
  await fill(database)
  return {
    database,
    description: `PGlite ${PGLITE_VERSION} in memory (gone when the shop stops)`,
    close,
  }
}

/** PostgreSQL reports how far its start is by a timer, which would keep the process alive after all else has ended. */
const NO_TIMER = ['-c', 'log_startup_progress_interval=0']

/** A new database in memory. `templates` is the folder in which the templates of databases are kept. */
export async function openMemoryCluster(templates: string, log: Log): Promise<MemoryCluster> {
  const template = await loadMigratedCluster(templates, PGLITE_VERSION, log)
  const startParams = [...PGlite.defaultStartParams, ...NO_TIMER]
  const client = await PGlite.create({ loadDataDir: template, startParams })
  return { client, close: () => client.close() }
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
    await readAllTables(client)
    return client
  } catch {
    return null
  }
}

/** Reads every page of every table, and so checks their checksums. */
async function readAllTables(client: PGlite): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    "SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public'",
  )
  for (const { name } of rows) await client.query(`SELECT count(*) FROM public.${name}`)
}

async function createCluster(folder: PgliteFolder, { templates, log }: PgliteOptions): Promise<PGlite> {
  const template = await loadEmptyCluster(templates, PGLITE_VERSION, log)
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
