/**
 * Puts our server in the place of node's in a whole process, and in those that it starts:
 *
 *     NODE_OPTIONS="--require <this file>" node anything.js
 *
 * `http.createServer`, `http.Server`, `https.createServer` and `https.Server` make turbo servers then, whoever calls
 * them: supertest, node's own tests, packages of the ecosystem. That is how suites that know nothing of turbo run on it.
 *
 * With PRELOAD_SERVER=node they stay node's. With PRELOAD_LOG=<file> a line goes into that file for each server made,
 * so that a runner knows which tests made any. PRELOAD_PACKAGE is the folder of the framework whose server it is, where
 * that is not the one beside this file.
 */
'use strict'

const { appendFileSync } = require('node:fs')
const http = require('node:http')
const https = require('node:https')
const { syncBuiltinESMExports } = require('node:module')
const { join } = require('node:path')

const isTurbo = process.env.PRELOAD_SERVER !== 'node'
if (isTurbo) process.env.NOZOMI_SERVER ??= 'turbo'
const turboModule = join(
  process.env.PRELOAD_PACKAGE ?? join(__dirname, '../packages/nozomi'),
  'dist/server/turbo/server.js',
)

for (const [name, module, factoryName] of [
  ['http', http, 'createTurboServer'],
  ['https', https, 'createSecureTurboServer'],
]) {
  const make = isTurbo ? require(turboModule)[factoryName] : undefined
  const node = module.Server
  module.Server = new Proxy(node, {
    construct(target, args, newTarget) {
      noteServer(name)
      if (!make) return Reflect.construct(target, args, newTarget)
      const server = make(...args)
      // A class of somebody's that extends http.Server keeps its own members.
      if (newTarget !== module.Server) adoptMembers(server, newTarget.prototype, node.prototype)
      return server
    },
    apply(target, self, args) {
      noteServer(name)
      return make ? make(...args) : Reflect.apply(target, self, args)
    },
  })
  const { createServer } = module
  module.createServer = function createServerNoted(...args) {
    noteServer(name)
    return make ? make(...args) : createServer(...args)
  }
}
syncBuiltinESMExports()

function noteServer(name) {
  if (process.env.PRELOAD_LOG) appendFileSync(process.env.PRELOAD_LOG, `${name}\n`)
}

/** Members of `from` and of all above it, up to `end`, become own members of the server. */
function adoptMembers(server, from, end) {
  for (let level = from; level && level !== end; level = Object.getPrototypeOf(level)) {
    for (const key of Reflect.ownKeys(level)) {
      if (key === 'constructor' || Object.hasOwn(server, key)) continue
      Object.defineProperty(server, key, Object.getOwnPropertyDescriptor(level, key))
    }
  }
}
