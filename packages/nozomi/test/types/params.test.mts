import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import nozomi, { type RouteParameters } from 'nozomi'

/*
 * The types tell the truth: the parameters that a request gets are such as the type of the path says.
 */

/** A case: a path, a URL that it matches, and the parameters, which must be of the path's type to compile. */
function matching<const Path extends string>(path: Path, url: string, params: RouteParameters<Path>) {
  return { path, url, params }
}

const cases = [
  matching('/users', '/users', {}),
  matching('/orgs/:org/users/:user', '/orgs/a/users/b', { org: 'a', user: 'b' }),
  matching('/:from-:to', '/a-b', { from: 'a', to: 'b' }),
  matching('/:name.:ext', '/a.b', { name: 'a', ext: 'b' }),
  matching('/v:major.:minor', '/v1.2', { major: '1', minor: '2' }),
  matching('/:"user-id"/x', '/a/x', { 'user-id': 'a' }),
  matching('/\\:literal/:id', '/:literal/a', { id: 'a' }),
  matching('/*path', '/a/b', { path: ['a', 'b'] }),
  matching('/files/*path/:version', '/files/a/b/c', { path: ['a', 'b'], version: 'c' }),
  matching('/users{/:id}', '/users', {}),
  matching('/users{/:id}', '/users/1', { id: '1' }),
  matching('/a{/:b{/:c}}/:d', '/a/1/2/3', { b: '1', c: '2', d: '3' }),
  matching('/a{/:b{/:c}}/:d', '/a/3', { d: '3' }),
  matching('/a{/*rest}', '/a', {}),
  matching('/a{/*rest}', '/a/b/c', { rest: ['b', 'c'] }),
  matching('/x/:id?', '/x', {}),
  matching('/x/:id?', '/x/1', { id: '1' }),
  matching('/files/:name.:ext?', '/files/a', { name: 'a' }),
  matching('/files/:name.:ext?', '/files/a.b', { name: 'a', ext: 'b' }),
  matching('/user/:id(\\d+)', '/user/1', { id: '1' }),
  matching('/user/:id(\\d+)?/:tab', '/user/x', { tab: 'x' }),
  matching('/:id((?:a|b))/:d', '/a/x', { id: 'a', d: 'x' }),
  matching('/:year(\\d{4})-:month(\\d{2})', '/2020-12', { year: '2020', month: '12' }),
  matching('/a/*', '/a/b/c', { 0: 'b/c' }),
  matching('/:lang/*/*', '/a/b/c', { lang: 'a', 0: 'b', 1: 'c' }),
  matching('/ab(cd)?e', '/abcde', { 0: 'cd' }),
  matching('/a/:b*', '/a/b/c', { b: 'b', 0: '/c' }),
]

for (const { path, url, params } of cases) {
  test(`gives ${JSON.stringify(params)} for ${url} on ${path}`, async () => {
    const app = nozomi()
    app.get(path, (req, res) => res.json(req.params))
    const server = app.listen(0)
    try {
      await once(server, 'listening')
      const answer = await fetch(`http://localhost:${(server.address() as AddressInfo).port}${url}`)
      assert.deepEqual(await answer.json(), params)
    } finally {
      server.closeAllConnections()
      server.close()
    }
  })
}
