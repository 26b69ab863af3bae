import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { type BuildOptions, build } from 'esbuild'
import { assertAnswers, createSite } from './support/bundled.cjs'
import { fixture } from './support/fixtures.cjs'

async function bundle(entry: string, outfile: string, more: BuildOptions): Promise<void> {
  const entryPoints = [fixture('bundle', entry)]
  const { warnings } = await build({
    entryPoints,
    outfile,
    bundle: true,
    platform: 'node',
    logLevel: 'silent',
    ...more,
  })
  assert.deepEqual(warnings, [])
}

test('a minified CommonJS bundle by esbuild runs without any packages', async (t) => {
  const site = createSite(t)
  await bundle('server.cjs', join(site, 'bundle.cjs'), { format: 'cjs', minify: true })
  await assertAnswers(t, site, 'bundle.cjs')
})

// An ES module has no require(), which CommonJS packages use for the modules of node.
const require = `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url)`

test('an ESM bundle by esbuild that brings a require() runs without any packages', async (t) => {
  const site = createSite(t)
  await bundle('server.mjs', join(site, 'bundle.mjs'), { format: 'esm', banner: { js: require } })
  await assertAnswers(t, site, 'bundle.mjs')
})
