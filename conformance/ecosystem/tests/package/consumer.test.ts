import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { expressSpec, Project } from './project.cjs'

const project = new Project()
before(() => {
  project.write('package.json', { private: true, dependencies: { express: expressSpec } })
  project.npm('install')
})
after(() => project.remove())

/** Runs a script that prints JSON, and nothing on the error stream: no ExperimentalWarning, no deprecation. */
function evaluate(name: string, script: string): unknown {
  const { status, stdout, stderr } = project.node(name, script)
  assert.equal(stderr, '')
  assert.equal(status, 0)
  return JSON.parse(stdout)
}

const answer = `
  const app = express()
  app.use(express.json())
  app.post('/:name', (req, res) => res.json({ name: req.params.name, body: req.body }))
  const server = app.listen(0, '127.0.0.1', async () => {
    const headers = { 'content-type': 'application/json', connection: 'close' }
    const url = 'http://127.0.0.1:' + server.address().port + '/tobi'
    const response = await fetch(url, { method: 'POST', headers, body: '{"a":1}' })
    console.log(await response.text())
    server.close()
  })`

test('require() gives a working application, without a warning', () => {
  const script = `const express = require('express')\n${answer}`
  assert.deepEqual(evaluate('require.cjs', script), { name: 'tobi', body: { a: 1 } })
})

test('import gives a working application, without a warning', () => {
  const script = `import express from 'express'\n${answer}`
  assert.deepEqual(evaluate('import.mjs', script), { name: 'tobi', body: { a: 1 } })
})

const STATICS = [
  'Route',
  'Router',
  'application',
  'json',
  'raw',
  'request',
  'response',
  'static',
  'text',
  'urlencoded',
]

test('the statics of Express are members of the function and named exports', () => {
  const names = JSON.stringify(STATICS)
  const script = `
    import express, * as all from 'express'
    import { Router, json, static as serveStatic } from 'express'
    const same = ${names}.filter((name) => express[name] && express[name] === all[name])
    console.log(JSON.stringify({ same, imported: [Router, json, serveStatic].every((one) => typeof one === 'function') }))`
  assert.deepEqual(evaluate('statics.mjs', script), { same: STATICS, imported: true })
})

test('require() and import give one and the same instance, whichever comes first', () => {
  const same = `
    const names = ${JSON.stringify(STATICS)}
    console.log(JSON.stringify([required === imported.default, names.every((name) => required[name] === imported[name])]))`
  const requireFirst = `
    const required = require('express')
    import('express').then((imported) => { ${same} })`
  const importFirst = `
    import * as imported from 'express'
    import { createRequire } from 'node:module'
    const required = createRequire(import.meta.url)('express')
    ${same}`
  assert.deepEqual(evaluate('require-first.cjs', requireFirst), [true, true])
  assert.deepEqual(evaluate('import-first.mjs', importFirst), [true, true])
})

test('the files that agents and old code look for are there, and are the same objects', () => {
  const script = `
    const express = require('express')
    console.log(JSON.stringify({
      express: require('express/lib/express') === express && require('express/lib/express.js') === express,
      application: require('express/lib/application') === express.application,
      request: require('express/lib/request') === express.request,
      response: require('express/lib/response.js') === express.response,
      version: require('express/package.json').version.split('.')[0],
      router: typeof express.Router.prototype.route + typeof express.Router.prototype.use,
    }))`
  const yes = { express: true, application: true, request: true, response: true }
  assert.deepEqual(evaluate('files.cjs', script), { ...yes, version: '5', router: 'functionfunction' })
})

const skip = process.env.ECOSYSTEM_EXPRESS === 'express' ? 'the router of stock Express is a package' : false

const findFacade = `
  const { dirname, join } = require('node:path')
  const facade = join(dirname(require.resolve('express/package.json')), 'lib/node_modules')
  const loaded = (file) => require.cache[join(facade, 'router', file)]?.exports`

test('agents that look for the package router find the Router and the Layer that applications run on', {
  skip,
}, () => {
  const script = `${findFacade}
    const express = require('express')
    const [layer] = express.Router().use(() => {}).stack
    console.log(JSON.stringify({
      version: require(join(facade, 'router/package.json')).version.split('.')[0],
      router: loaded('index.js') === express.Router,
      layer: layer instanceof loaded('lib/layer.js'),
    }))`
  assert.deepEqual(evaluate('facade.cjs', script), { version: '2', router: true, layer: true })
})

test("an application's own package router is never loaded in place of ours, not even where ours was removed", {
  skip,
}, () => {
  const script = (removed: boolean) => `${findFacade}
    const { mkdirSync, renameSync, rmSync, writeFileSync } = require('node:fs')
    mkdirSync('node_modules/router/lib', { recursive: true })
    for (const file of ['index.js', 'lib/layer.js']) {
      writeFileSync('node_modules/router/' + file, 'globalThis.loads = (globalThis.loads ?? 0) + 1; exports.own = true')
    }
    if (${removed}) renameSync(facade, facade + '.away')
    try {
      require('express')()
      const loads = globalThis.loads ?? 0
      console.log(JSON.stringify({ loads, own: require('router').own, ours: loaded('index.js') !== undefined }))
    } finally {
      rmSync('node_modules/router', { recursive: true })
      if (${removed}) renameSync(facade + '.away', facade)
    }`
  assert.deepEqual(evaluate('own-router.cjs', script(false)), { loads: 0, own: true, ours: true })
  assert.deepEqual(evaluate('removed-router.cjs', script(true)), { loads: 0, own: true, ours: false })
})

test('what is patched through one kind of import is seen by the other', () => {
  const script = `
    import { createRequire } from 'node:module'
    import express from 'express'
    const required = createRequire(import.meta.url)('express')
    required.response.shout = function (text) { return this.send(text.toUpperCase()) }
    const app = express()
    app.get('/', (req, res) => res.shout('patched'))
    const server = app.listen(0, async () => {
      const url = 'http://127.0.0.1:' + server.address().port
      console.log(JSON.stringify(await (await fetch(url, { headers: { connection: 'close' } })).text()))
      server.close()
    })`
  assert.equal(evaluate('patch.mjs', script), 'PATCHED')
})

test('a path that the package does not have cannot be required', () => {
  const { status, stderr } = project.node('absent.cjs', `require('express/lib/absent')`)
  assert.equal(status, 1)
  assert.match(stderr, /(ERR_PACKAGE_PATH_NOT_EXPORTED|MODULE_NOT_FOUND)/)
})
