import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { runShadow } from '#dist/shadow/run-shadow.js'
import { project } from './support/project.mjs'
import { request, shownDifferences } from './support/requests.mjs'

/*
 * However an application is written, each side gets its own framework. `/which` tells which one that is, so that an
 * application which ran twice on the same would show no difference, and fail.
 */

const ROUTES = `
app.get('/which', (req, res) => res.send('inject' in app ? 'on nozomi' : 'on express'))
app.get('/same/:id', (req, res) => res.json(req.params))
`
const CJS = `const express = require('express')\nconst app = express()\n${ROUTES}`
const ESM = `import express from 'express'\nconst app = express()\n${ROUTES}`

const FORMS: Record<string, { file: string; text: string }> = {
  'listens with app.listen(), in CommonJS': { file: 'app.js', text: `${CJS}\napp.listen(3000)` },
  'listens with app.listen(), as an ES module': {
    file: 'app.mjs',
    text: `${ESM}\napp.listen(3000, '0.0.0.0')`,
  },
  'listens with http.createServer(app)': {
    file: 'app.cjs',
    text: `${CJS}\nrequire('node:http').createServer(app).listen({ port: '3000' })`,
  },
  'listens with a listener of its own around the application': {
    file: 'app.mjs',
    text: `import { createServer } from 'node:http'\n${ESM}\ncreateServer((req, res) => app(req, res)).listen(3000)`,
  },
  'listens on a path': { file: 'app.cjs', text: `${CJS}\napp.listen('/tmp/a-path-that-nobody-listens-on')` },
  'listens later': {
    file: 'app.cjs',
    text: `${CJS}\nmodule.exports = app\nsetTimeout(() => app.listen(3000), 20)`,
  },
  'listens only as the main module': {
    file: 'app.cjs',
    text: `${CJS}\nif (require.main === module) app.listen(3000)`,
  },
  'exports the application, in CommonJS': { file: 'app.cjs', text: `${CJS}\nmodule.exports = app` },
  'exports it by name': { file: 'app.cjs', text: `${CJS}\nexports.app = app` },
  'exports it as the default, after an await': {
    file: 'app.mjs',
    text: `${ESM}\nawait new Promise(setImmediate)\nexport default app`,
  },
  'exports a listener of requests': {
    file: 'app.mjs',
    text: `${ESM}\nexport default (req, res) => app(req, res)`,
  },
  'exports a server': {
    file: 'app.cjs',
    text: `${CJS}\nmodule.exports = require('node:http').createServer(app)`,
  },
  'exports a function that makes it': {
    file: 'app.mjs',
    text: `import express from 'express'\nexport async function createApp() { const app = express()\n${ROUTES}\nreturn app }`,
  },
  'keeps a timer and exports': {
    file: 'app.cjs',
    text: `${CJS}\nsetInterval(() => {}, 1000)\nmodule.exports = app`,
  },
  'imports nozomi, having been migrated already': {
    file: 'app.mjs',
    text: `${ESM.replace(`'express'`, `'nozomi'`)}\napp.listen(3000)`,
  },
  'takes the framework by its path': {
    file: 'app.cjs',
    text: `${CJS.replace(`'express'`, `require.resolve('express').replace(/index\\.js$/, 'lib/express')`)}\napp.listen(3000)`,
  },
}

describe('an application', { concurrency: 2 }, () => {
  for (const [form, { file, text }] of Object.entries(FORMS)) {
    it(`that ${form} runs on both`, async (t) => {
      const at = project(t, { [file]: text })
      const traffic = [request('/which'), request('/same/7')]
      const report = await runShadow({ application: at(file), traffic, control: false })
      assert.deepEqual(shownDifferences(report), [['GET /which', 'body word 2', 'express', 'nozomi']])
      assert.deepEqual(report.counts, {
        compared: 2,
        equal: 1,
        different: 1,
        allowed: 0,
        unsteady: 0,
        skipped: 0,
      })
    })
  }

  it('of several files gets one framework in all of them', async (t) => {
    const at = project(t, {
      'app.mjs': `import express, { Router } from 'express'
        import { createRequire } from 'node:module'
        import other from './other.cjs'
        const { response } = createRequire(import.meta.url)('express/lib/express')
        const late = await import('express')
        const app = express()
        app.get('/', (req, res) => res.json([express === other, late.default === other, Router === other.Router, response === other.response]))
        app.listen(3000)`,
      'other.cjs': `module.exports = require('express')`,
    })
    const { differences, counts } = await runShadow({
      application: at('app.mjs'),
      traffic: [request('/')],
      control: false,
    })
    assert.deepEqual([differences, counts.equal], [[], 1])
  })

  it('has its view engine loaded from where it stands, and not from beside the framework', async (t) => {
    const at = project(t, {
      'app/app.cjs': `const app = require('express')()
        app.set('views', __dirname)
        app.get('/', (req, res) => res.render('hello.engine-of-the-test', { name: 'Ada' }))
        app.listen(3000)`,
      'app/hello.engine-of-the-test': 'hello',
      'app/node_modules/engine-of-the-test/index.js': `exports.__express = (path, options, done) =>
        done(null, 'hello ' + options.name + ' on ' + process.env.NOZOMI_SHADOW)`,
    })
    const report = await runShadow({
      application: at('app/app.cjs'),
      traffic: [request('/')],
      control: false,
    })
    assert.deepEqual(shownDifferences(report), [['GET /', 'body word 4', 'express', 'nozomi']])
  })
})
