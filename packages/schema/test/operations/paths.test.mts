import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { describe, test } from 'node:test'
import { operationsOf } from '#dist/index.js'
import { FRAMEWORKS } from '../support/frameworks.mjs'
import { end } from '../openapi/support/step.mjs'

type Templates = readonly string[]

/** As registered, and as templates. */
const OF_EXPRESS_5: readonly [string | RegExp, Templates][] = [
  ['/', ['/']],
  ['/users/', ['/users']],
  ['/users/:id', ['/users/{id}']],
  ['/users/:"first name"', ['/users/{first name}']],
  ['/:from-:to', ['/{from}-{to}']],
  ['/users{/:id}', ['/users', '/users/{id}']],
  ['/a{/b{/c}}', ['/a', '/a/b', '/a/b/c']],
  ['/files/*path', ['/files/{path}']],
  ['/{*path}', ['/', '/{path}']],
  ['/a\\:b', ['/a:b']],
  ['/curly\\{\\}', ['/curly%7B%7D']],
  [/^\/numbers\/(\d+)$/, ['/numbers/{0}']],
  [/^\/(?<lang>de|en)\/about\/?$/, ['/{lang}/about']],
  [/^\/v1\.2\/x(?:\/(\w+))?$/i, ['/v1.2/x', '/v1.2/x/{0}']],
  [/^\/(?:a|b)$/, ['/a', '/b']],
  [/^\/all\/(.*)$/, ['/all/{0}']],
  [/books/, []],
  [/^\/[ab]$/, []],
  [/^\/a+$/, []],
]

/** What Express 5 refuses, and Nozomi takes with the meaning of Express 4. */
const OF_EXPRESS_4: readonly [string, Templates][] = [
  ['/user/:id(\\d+)', ['/user/{id}']],
  ['/user/:id?', ['/user', '/user/{id}']],
  ['/files/:name.:ext?', ['/files/{name}', '/files/{name}.{ext}']],
  ['/files/*', ['/files/{0}']],
  ['/all/:rest(*)', ['/all/{rest}']],
  ['/ab?cd', ['/acd', '/abcd']],
  ['/ab(cd)?e', ['/abe', '/abcde']],
  ['/(a|b)/c', ['/a/c', '/b/c']],
  ['/ab+c', []],
]

for (const { name, framework } of FRAMEWORKS) {
  describe(`the paths of operations on ${name}`, () => {
    const templatesOf = (path: string | RegExp): Templates => {
      const app = framework()
      app.get(path, end)
      return operationsOf(app)[0]?.templates.map(({ text }) => text) ?? []
    }

    for (const [path, expected] of OF_EXPRESS_5) {
      test(`${String(path)} is ${expected.join(' and ') || 'no template'}`, () => {
        assert.deepEqual(templatesOf(path), expected)
      })
    }

    for (const [path, expected] of name === 'nozomi' ? OF_EXPRESS_4 : []) {
      test(`${path} of Express 4 is ${expected.join(' and ') || 'no template'}`, () => {
        assert.deepEqual(templatesOf(path), expected)
      })
    }

    test('each template matches what the route matches', () => {
      for (const [path, templates] of [...OF_EXPRESS_5, ...(name === 'nozomi' ? OF_EXPRESS_4 : [])]) {
        const app = framework()
        app.get(path, end)
        const layer = app.router.stack[0] as unknown as { match(path: string): unknown }
        for (const template of templates) {
          const address = template.replaceAll('{lang}', 'de').replace(/\{[^}]*\}/g, '7')
          assert.ok(layer.match(decodeURI(address)), `${String(path)}: ${address}`)
        }
      }
    })

    test('mounts are in front of the path, however deep', () => {
      const app = framework()
      const shop = framework()
      const outer = framework.Router()
      const inner = framework.Router()
      app.use(['/v1', '/v2'], outer)
      outer.use('/shops/:shop', inner)
      inner.use(shop)
      shop.delete('/items/:item', end)
      const [first, second, ...rest] = operationsOf(app)
      assert.deepEqual(rest, [])
      assert.equal(first?.path, '/v1/shops/:shop/items/:item')
      assert.deepEqual(
        [first, second].map((one) => one?.templates[0]?.text),
        ['/v1/shops/{shop}/items/{item}', '/v2/shops/{shop}/items/{item}'],
      )
    })

    test('a name that is there twice is that of the last parameter', () => {
      const app = framework()
      const router = framework.Router()
      app.use('/a/:id', router)
      router.get('/b/:id', end)
      assert.equal(operationsOf(app)[0]?.templates[0]?.text, '/a/{id2}/b/{id}')
    })

    test('parameters say what the path says of them', () => {
      const app = framework()
      app.get('/files/*path', end)
      app.get(/^\/numbers\/(\d{1,3})$/, end)
      assert.deepEqual(
        operationsOf(app).flatMap(({ parameters }) => parameters),
        [
          { name: 'path', isWildcard: true, pattern: null },
          { name: '0', isWildcard: false, pattern: '\\d{1,3}' },
        ],
      )
    })

    test('there is one operation for each method', () => {
      const app = framework()
      app.route('/x').get(end).post(end, end).all(end)
      app.all('/y', end)
      assert.deepEqual(
        operationsOf(app).map(({ method, path, handlers }) => [method, path, handlers.length]),
        [
          ['GET', '/x', 2],
          ['POST', '/x', 3],
          ['ALL', '/x', 1],
          ['ALL', '/y', 1],
        ],
      )
    })

    test('whoever is no application is told so', () => {
      assert.throws(() => operationsOf({} as never), /app must be an application/)
    })
  })
}

describe('the paths of operations on Express before 5.3', () => {
  test('a route behind a mount whose path was not kept has no template', () => {
    const express = createRequire(import.meta.url)('express') as (typeof FRAMEWORKS)[number]['framework']
    const app = express()
    const router = express.Router()
    router.get('/b', end)
    app.use('/a', router)
    app.get('/c', end)
    const [mount] = app.router.stack as unknown as { rawPath?: string }[]
    delete mount?.rawPath
    assert.deepEqual(
      operationsOf(app).map(({ templates }) => templates.map(({ text }) => text)),
      [[], ['/c']],
    )
  })
})
