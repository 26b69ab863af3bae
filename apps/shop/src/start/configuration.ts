import { serverConfiguration } from '../http/configuration.js'
import { insightConfiguration } from '../http/insight/configuration.js'
import { securityConfiguration } from '../http/security/configuration.js'
import { catalogueConfiguration } from '../modules/catalogue/configuration.js'
import { graphqlConfiguration } from '../modules/graphql/configuration.js'
import { identityConfiguration } from '../modules/identity/configuration.js'
import { imagesConfiguration } from '../modules/images/configuration.js'
import { type Configured, readSections, variableNames } from '../platform/configuration/section.js'
import { operationsConfiguration } from '../modules/operations/configuration.js'
import { shippingConfiguration } from '../modules/shipping/configuration.js'
import { cacheConfiguration } from '../platform/cache/configuration.js'
import { storageConfiguration } from '../platform/database/configuration.js'
import { eventBusConfiguration } from '../platform/events/configuration.js'
import { logConfiguration } from '../platform/log/configuration.js'
import { stateConfiguration } from '../platform/state/configuration.js'
import { tracingConfiguration } from '../platform/tracing/configuration.js'
import { processConfiguration } from './process-configuration.js'

/** The sections of the configuration; each part of the shop declares its own. Loads nothing but these declarations. */
const SECTIONS = {
  server: serverConfiguration,
  security: securityConfiguration,
  insight: insightConfiguration,
  log: logConfiguration,
  storage: storageConfiguration,
  state: stateConfiguration,
  events: eventBusConfiguration,
  identity: identityConfiguration,
  catalogue: catalogueConfiguration,
  images: imagesConfiguration,
  graphql: graphqlConfiguration,
  cache: cacheConfiguration,
  tracing: tracingConfiguration,
  process: processConfiguration,
  operations: operationsConfiguration,
  shipping: shippingConfiguration,
}

export type Configuration = Configured<typeof SECTIONS>

/** The variables that are read; the README has a row for each. */
export const VARIABLES = variableNames(SECTIONS)

/** Reads the configuration from environment variables. Throws a StartError that names each that is not right. */
export function readConfiguration(environment: Readonly<Record<string, string | undefined>>): Configuration {
  return readSections(SECTIONS, environment)
}
