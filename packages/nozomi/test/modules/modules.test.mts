import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { describe, it } from 'node:test'
import type nozomiType from 'nozomi'
import * as everything from 'nozomi'

const require = createRequire(import.meta.url)
const nozomi = everything.default

describe('the package as a module', () => {
  it('gives the same callable to `import` and to `require`', () => {
    const required: typeof nozomiType = require('nozomi')
    assert.equal(required, nozomi)
    assert.equal(require('nozomi/lib/express'), nozomi)
    assert.equal(require('nozomi/lib/application.js'), nozomi.application)
    assert.equal(require('nozomi/lib/request'), nozomi.request)
    assert.equal(require('nozomi/lib/response'), nozomi.response)
  })

  it('exports each member of the callable by name', () => {
    assert.deepEqual(Object.keys(everything).toSorted(), [...Object.keys(nozomi), 'default'].toSorted())
    assert.deepEqual({ ...everything }, { ...nozomi, default: nozomi })
  })

  it('declares what it exports, and nothing else', () => {
    const declared: Record<Exclude<keyof typeof everything, 'default'>, true> = {
      application: true,
      createServer: true,
      inject: true,
      json: true,
      lambda: true,
      Route: true,
      Router: true,
      raw: true,
      redirectToHttps: true,
      reloadCertificates: true,
      request: true,
      response: true,
      static: true,
      text: true,
      toExpress5Pattern: true,
      urlencoded: true,
      web: true,
    }
    assert.deepEqual(Object.keys(declared).toSorted(), Object.keys(nozomi).toSorted())
  })

  it('is loaded by a `require` that knows no ES modules', () => {
    const program = `require('nozomi')().listen(0, function () { this.close(); console.log('listened') })`
    const { stdout, stderr } = spawnSync(
      process.execPath,
      ['--no-experimental-require-module', '-e', program],
      {
        cwd: import.meta.dirname,
        encoding: 'utf8',
      },
    )
    assert.equal(stdout.trim(), 'listened', stderr)
  })
})
