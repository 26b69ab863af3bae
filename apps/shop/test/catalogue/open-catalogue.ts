import { catalogueModule } from '#shop/modules/catalogue/module.js'
import {
  type CatalogueRepositories,
  createCatalogueRepositories,
} from '#shop/modules/catalogue/repositories/catalogue-repositories.js'
import type { StorageChoice } from '#shop/platform/database/configuration.js'
import { openStorage } from '#shop/platform/database/storage.js'
import type { Log } from '#shop/platform/log/log.js'
import { SilentLog } from '../support/silent-log.js'

export interface OpenCatalogue extends CatalogueRepositories {
  close(): Promise<void>
}

/** The repositories of the catalogue on a storage, without a shop around them. */
export async function openCatalogue(
  choice: StorageChoice,
  sampleData: boolean,
  log: Log = new SilentLog(),
): Promise<OpenCatalogue> {
  const fill = catalogueModule.fill?.({ configuration: { catalogue: { sampleData } } })
  if (fill === undefined) throw new Error('the catalogue lays nothing in')
  const storage = await openStorage(choice, fill, log)
  return { ...createCatalogueRepositories(storage), close: () => storage.close() }
}
