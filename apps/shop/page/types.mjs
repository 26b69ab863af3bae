/**
 * Writes the types of the page's calls, page/api/paths.ts, of the document that the shop serves now: `npm run page-types -w apps/shop`.
 * To be run when routes have changed.
 */
import { writeFileSync } from 'node:fs'
import { ROOT, run } from '../../../scripts/run.mjs'
import { formatPageTypes } from './page-types.mjs'

// The page need not compile: it may already ask for what it has no types of yet.
run(process.execPath, [`${ROOT}node_modules/typescript/bin/tsc`, '-b', 'apps/shop'])
const [{ readConfiguration }, { createProcessLog }, { startShop }] = await Promise.all([
  import('../dist/start/configuration.js'),
  import('../dist/start/log.js'),
  import('../dist/start/start-shop.js'),
])

const configuration = readConfiguration({
  PORT: '0',
  DATABASE_URL: 'memory:',
  SAMPLE_DATA: 'off',
  INSIGHT: 'off',
  ACCESS_LOG: 'off',
  STOP_GRACE_MS: '0',
})
const shop = await startShop(configuration, createProcessLog({ level: 'error', format: 'text' }))
try {
  const response = await fetch(`${shop.address}/api/openapi.json`)
  writeFileSync(new URL('api/paths.ts', import.meta.url), await formatPageTypes(await response.json()))
} finally {
  await shop.stop()
}
