/**
 * Runs the test suite of Express, or of its router, with nozomi in its place:
 *
 *     node scripts/foreign-suite.mjs express <path of a clone of expressjs/express>
 *     node scripts/foreign-suite.mjs router  <path of a clone of pillarjs/router>
 *     node scripts/foreign-suite.mjs express <path> --server turbo       on our server, in the place of node's
 *     node scripts/foreign-suite.mjs express <path> --server h2c         over HTTP/2 (scripts/h2c-preload.cjs)
 *
 * More arguments go to mocha. The clone must have its own dependencies installed; it is not changed. Its tests are copied into a temporary
 * folder, beside an index.js of one line that gives them our package.
 */
import { spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { takeServer } from './server-environment.mjs'

const PACKAGE = fileURLToPath(new URL('../packages/nozomi', import.meta.url))

const SUITES = {
  express: {
    copied: ['test', 'examples', 'package.json'],
    // The private helpers of lib/utils are no part of what an application sees; two tests read the list of methods.
    left: ['test/utils.js'],
    files: {
      'index.js': `module.exports = require(${JSON.stringify(PACKAGE)})\n`,
      'lib/express.js': `module.exports = require(${JSON.stringify(PACKAGE)})\n`,
      'lib/utils.js':
        "exports.methods = require('node:http').METHODS.map((method) => method.toLowerCase())\n",
    },
    mocha: ['--require', 'test/support/env', 'test/', 'test/acceptance/'],
    // Beside what they are about, three tests send a Host that turbo and HTTP/2 refuse (RFC 9112 §3.2, RFC 9113 §8.3.1).
    onOurs: { 'test/res.redirect.js': [["'Host', 'http://example.com'", "'Host', 'example.com'"]] },
  },
  router: {
    copied: ['test', 'package.json'],
    left: [],
    files: { 'index.js': `module.exports = require(${JSON.stringify(PACKAGE)}).Router\n` },
    mocha: ['test/'],
    onOurs: {},
  },
}

const { server, args, env } = takeServer(process.argv.slice(2))
const [name, clone, ...mochaArguments] = args
const suite = SUITES[name]
if (!suite || !clone || !existsSync(join(clone, 'node_modules'))) {
  console.error(
    'usage: node scripts/foreign-suite.mjs express|router <clone with its dependencies installed> [--server turbo|h2c] [mocha options]',
  )
  process.exit(2)
}

const folder = mkdtempSync(join(tmpdir(), `nozomi-${name}-`))
try {
  for (const entry of suite.copied) cpSync(join(clone, entry), join(folder, entry), { recursive: true })
  for (const entry of suite.left) rmSync(join(folder, entry))
  for (const [path, text] of Object.entries(suite.files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  if (server !== 'node') {
    for (const [path, replaced] of Object.entries(suite.onOurs)) replaceIn(join(folder, path), replaced)
  }
  symlinkSync(resolve(clone, 'node_modules'), join(folder, 'node_modules'))
  const mocha = join(folder, 'node_modules/mocha/bin/mocha.js')
  const options = ['--reporter', 'dot', '--check-leaks', ...suite.mocha, ...mochaArguments]
  const run = spawnSync(process.execPath, [mocha, ...options], { cwd: folder, env, stdio: 'inherit' })
  process.exitCode = run.status ?? 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function replaceIn(file, replaced) {
  let text = readFileSync(file, 'utf8')
  for (const [from, to] of replaced) {
    if (!text.includes(from)) throw new Error(`${file} has no ${from}`)
    text = text.replaceAll(from, to)
  }
  writeFileSync(file, text)
}
