'use strict'

// Agents patch modules when CommonJS loads them: node:http, and these files, which some of them look for by name.
require('node:http')
const nozomi = require('../dist/index.js').default
module.exports = nozomi
require('./application.js')
require('./request.js')
require('./response.js')
