'use strict'

// Agents patch modules when CommonJS loads them: node:http, and these files, which some of them look for by name.
require('node:http')
// They compile paths by the path-to-regexp that was loaded last when the router comes.
require('path-to-regexp')
// Our router under the name that agents look for (node_modules/router/README.md). Required by its path: the package
// `router` of an application must never be taken for ours.
try {
  require('./node_modules/router/index.js')
  require('./node_modules/router/lib/layer.js')
} catch (error) {
  // A tool that removes nested node_modules took it away: the application runs as well, its agent sees less.
  if (error.code !== 'MODULE_NOT_FOUND') throw error
}
const nozomi = require('../dist/index.js').default
module.exports = nozomi
require('./application.js')
require('./request.js')
require('./response.js')
