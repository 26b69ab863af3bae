import { describeCachedCatalogue } from './cached-catalogue-suite.js'

await describeCachedCatalogue('express')
