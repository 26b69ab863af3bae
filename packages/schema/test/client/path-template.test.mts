import assert from 'node:assert/strict'
import test from 'node:test'
import { createClient } from '@nozomi/schema/client'

/** The address that a client asks for. */
async function addressOf(path: string, params: object): Promise<string> {
  const client = createClient({ fetch: async (url) => Response.json(url) }) as any
  return (await client.get(path, { params })).data
}

test('paths of Express 5, Express 4 and OpenAPI are filled', async () => {
  for (const [path, params, address] of [
    ['/', {}, '/'],
    ['/users/:id', { id: 1 }, '/users/1'],
    ['/users/{id}', { id: 1 }, '/users/1'],
    ['/users/{user-id}/x', { 'user-id': 1 }, '/users/1/x'],
    ['/:a.:b', { a: 1, b: 2 }, '/1.2'],
    ['/:größe/x', { größe: 'xl' }, '/xl/x'],
    ['/users{/:id}/posts', {}, '/users/posts'],
    ['/users{/:id}/posts', { id: 1 }, '/users/1/posts'],
    ['/users{/:id{.:ext}}', { id: 1 }, '/users/1'],
    ['/users{/:id{.:ext}}', { id: 1, ext: 'json' }, '/users/1.json'],
    ['/users{/:id{.:ext}}', { ext: 'json' }, '/users'],
    ['/range{/:from-:to}', { from: 1 }, '/range'],
    ['/a{/b}', {}, '/a'],
    ['/a\\:b\\{c\\}/:d', { d: 1 }, '/a:b{c}/1'],
    ['/*all/end', { all: ['a', 1, true] }, '/a/1/true/end'],
    ['/user/:id?', {}, '/user'],
    ['/user/:id?', { id: 1 }, '/user/1'],
    ['/user/:id(\\d+)/x', { id: 1 }, '/user/1/x'],
    ['/at/12:30', {}, null],
    ['/odd:/x', {}, '/odd:/x'],
    ['/*', { 0: 'a/b' }, '/a/b'],
  ] as const) {
    if (address === null) await assert.rejects(addressOf(path, params), /the parameter 30 is missing/)
    else assert.equal(await addressOf(path, params), address, path)
  }
})

test('a path is refused when its parameters would make another one of it', async () => {
  for (const [path, params] of [
    ['/users/:id', { id: '..' }],
    ['/users/:a:b', { a: '.', b: '.' }],
    ['/:a.', { a: '.' }],
    ['/*all', { all: 'x/../y' }],
    ['/*all', { all: ['x', '.'] }],
    ['/*all', { all: [] }],
  ] as const) {
    await assert.rejects(addressOf(path, params), TypeError, path)
  }
  // Encoded once more, they mean what they say.
  assert.equal(await addressOf('/users/:id', { id: '%2e%2e' }), '/users/%252e%252e')
})
