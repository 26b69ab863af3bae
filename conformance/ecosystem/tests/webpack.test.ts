import assert from 'node:assert/strict'
import { test } from 'node:test'
import webpack, { type Configuration, type StatsCompilation } from 'webpack'
import { assertAnswers, createSite } from './support/bundled.cjs'
import { fixture } from './support/fixtures.cjs'

function compile(configuration: Configuration): Promise<StatsCompilation> {
  return new Promise((resolve, reject) => {
    webpack(configuration, (error, stats) => {
      if (stats) resolve(stats.toJson({ all: false, errors: true, warnings: true }))
      else reject(error)
    })
  })
}

test('a bundle by webpack runs without any packages, and warns of view engines alone', async (t) => {
  const site = createSite(t)
  const { errors, warnings = [] } = await compile({
    mode: 'production',
    target: 'node',
    entry: fixture('bundle', 'server.mjs'),
    output: { path: site, filename: 'bundle.cjs' },
    // The bundle takes NODE_ENV from where it runs.
    optimization: { minimize: false, nodeEnv: false },
  })
  assert.deepEqual(errors, [])
  // Engines are loaded by the name of the extension, in Express as here, so no bundler can know them.
  assert.deepEqual(
    warnings.map(({ message }) => message),
    ['Critical dependency: the request of a dependency is an expression'],
  )
  assert.match(warnings[0]?.moduleName ?? '', /\/view\.js$/)
  await assertAnswers(t, site, 'bundle.cjs')
})
