import assert from 'node:assert/strict'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { describe, it, type TestContext } from 'node:test'
import * as fc from 'fast-check'
import nozomi from 'nozomi'
import { type Client, listen, serve } from '../support/serve.mjs'
import { makeTree } from './tree.mjs'

/*
 * What a guard before static protects, it protects under every spelling.
 */

const SECRET = 'the secret'

async function guardedSite(t: TestContext, options: object = {}): Promise<Client> {
  const root = makeTree(t, {
    'admin/x': SECRET,
    'admin/deep/index.html': SECRET,
    'open/y': 'open',
    'top.txt': 'top',
  })
  const app = nozomi()
  app.use('/admin', (_req, res) => void res.status(401).send('guarded'))
  app.use('/top.txt', (_req, res) => void res.status(401).send('guarded'))
  app.use(nozomi.static(root, options))
  return listen(t, app)
}

describe('a guard on a folder before static', () => {
  for (const path of [
    '//admin/x',
    '///admin//x',
    '/admin%2fx',
    '/admin%2Fx',
    '/admin%5cx',
    '/admin\\x',
    '/%61dmin/x',
    '/%41dmin/x',
    '/./admin/x',
    '/y/../admin/x',
    '/open/../admin/x',
    '/%2e/admin/x',
    '/%2E%2E/admin/x',
    '/open/%2e%2e/admin/x',
    '/open/..%2fadmin/x',
    '/open%2f..%2fadmin/x',
    '/.//admin/x',
    '\\admin\\x',
    '/\\admin/x',
    '/%2fadmin/x',
    '/%5Cadmin/x',
    '/open/..;/admin/x',
    '//admin/deep/',
    '/open/../top.txt',
    '//top.txt',
    '/%74op.txt',
  ]) {
    it(`keeps ${path} from the file`, async (t) => {
      const client = await guardedSite(t)
      const { status, body } = await client.get(path)
      assert.ok([400, 401, 404].includes(status), `answered ${status}`)
      assert.ok(!body.includes(SECRET))
    })
  }

  it('does not tell which folders lie in the guarded one', async (t) => {
    const client = await guardedSite(t)
    for (const name of ['deep', 'none']) {
      assert.equal((await client.get(`//admin/${name}`)).status, 404)
      assert.equal((await client.get(`/open/../admin/${name}`)).status, 404)
    }
  })

  it('is passed by none of a thousand other spellings', async (t) => {
    const client = await guardedSite(t)
    const opened = await client.get('/open/y')
    assert.equal(opened.body, 'open')
    const written = fc
      .tuple(
        fc.constantFrom('', '/', '/.', '/..', '/open/..', '/y/..', '/%2e', '/\\', '\\', '/open//..', '/.%2e'),
        fc.array(fc.tuple(fc.constantFrom('plain', 'encoded', 'upper'), fc.boolean()), {
          minLength: 6,
          maxLength: 6,
        }),
        fc.constantFrom('/', '//', '%2f', '\\', '/./', '/.//', '/z/../', '%5C'),
        fc.constantFrom('x', '%78', 'deep/', 'deep/index.html', 'deep', './x', 'x/.', 'x?q', 'deep/../x'),
      )
      .map(([before, letters, between, name]) => before + spell('/admin', letters) + between + name)
    await fc.assert(
      fc.asyncProperty(written, async (path) => {
        const { body } = await client.get(path)
        assert.ok(!body.includes(SECRET), path)
      }),
      { numRuns: 1000 },
    )
  })

  it('is passed by the mount point of static neither', async (t) => {
    const root = makeTree(t, { 'admin/x': SECRET })
    const app = nozomi()
    app.use('/site/admin', (_req, res) => void res.sendStatus(401))
    app.use('/:site', nozomi.static(root))
    const client = await listen(t, app)
    assert.equal((await client.get('/site/admin/x')).status, 401)
    assert.equal((await client.get('/%73ite/admin/x')).status, 404)
    assert.equal((await client.get('/other/admin/x')).body, SECRET)
  })

  it('is passed by no byte that the client left unencoded, where the carrier lets one through', async (t) => {
    const root = makeTree(t, { 'é/x': SECRET })
    const app = nozomi()
    app.use('/%C3%A9', (_req, res) => void res.sendStatus(401))
    app.use(nozomi.static(root))
    const client = await serve(t, (req: IncomingMessage, res: ServerResponse) => {
      if (req.headers['x-raw']) req.url = '/\xe9/x'
      app(req, res)
    })
    assert.equal((await client.get('/%c3%a9/x')).status, 401)
    assert.equal((await client.get('/', { headers: { 'x-raw': '1' } })).status, 404)
  })

  it('leaves names beyond ASCII to an application that decodes them itself', async (t) => {
    const root = makeTree(t, { 'é/x': 'found' })
    const app = nozomi()
    app.use((req, _res, next) => {
      req.url = decodeURI(req.url)
      next()
    })
    app.use(nozomi.static(root))
    const client = await listen(t, app)
    assert.equal((await client.get('/%C3%A9/x')).body, 'found')
  })

  it('can be passed with `canonical: false`, as in Express', async (t) => {
    const client = await guardedSite(t, { canonical: false })
    for (const path of [
      '//admin/x',
      '/admin%2fx',
      '/%61dmin/x',
      '/./admin/x',
      '/y/../admin/x',
      '/%2e/admin/x',
    ]) {
      assert.equal((await client.get(path)).body, SECRET, path)
    }
  })
})

describe('a name that must or may be encoded', () => {
  const names: Record<string, string[]> = {
    'foo bar.txt': ['/foo%20bar.txt'],
    '100%.txt': ['/100%25.txt'],
    '%61.txt': ['/%2561.txt'],
    'é 🚄.txt': ['/%C3%A9%20%F0%9F%9A%84.txt', '/%c3%a9%20%f0%9f%9a%84.txt'],
    "it's (1).txt": ["/it's%20(1).txt", '/it%27s%20%281%29.txt'],
    'a[1]|b.txt': ['/a[1]|b.txt', '/a%5B1%5D%7Cb.txt', '/a%5b1%5d%7cb.txt'],
    'R&D, 50+1=@a:b;c!$*.txt': [
      '/R&D,%2050+1=@a:b;c!$*.txt',
      '/R%26D%2C%2050%2B1%3D%40a%3Ab%3Bc%21%24%2A.txt',
    ],
    'what?#.txt': ['/what%3F%23.txt'],
    '{a}^`"<>.txt': ['/{a}^`"<>.txt', '/%7Ba%7D%5E%60%22%3C%3E.txt'],
    '~user/a-b_c.d': ['/~user/a-b_c.d'],
    'do..ts/...x..': ['/do..ts/...x..'],
  }
  for (const [name, paths] of Object.entries(names)) {
    for (const path of paths) {
      it(`is served: ${path}`, async (t) => {
        const root = makeTree(t, { [name]: 'found' })
        const app = nozomi()
        app.use((_req, _res, next) => next())
        app.use(nozomi.static(root, { dotfiles: 'allow' }))
        const client = await listen(t, app)
        const answer = await client.get(path)
        assert.deepEqual([answer.status, answer.body], [200, 'found'])
      })
    }
  }
})

describe('a folder whose name holds a character that clients write either way', () => {
  const NAME = "a@b:c!$&'()*+,;=d"

  async function site(t: TestContext, options: object = {}): Promise<Client> {
    const root = makeTree(t, { [`${NAME}/x@y.txt`]: SECRET, [`${NAME}/index.html`]: SECRET })
    const app = nozomi()
    app.use((req, res, next) => {
      if (req.url.startsWith(`/${NAME}/`) && !req.headers['x-member']) res.sendStatus(401)
      else next()
    })
    app.use('/in/:place', nozomi.static(root, options))
    app.use(nozomi.static(root, options))
    app.use((_req, res) => void res.status(404).send('the next one'))
    return listen(t, app)
  }

  it('is sent to the one spelling that its guard knows', async (t) => {
    const client = await site(t)
    const member = { headers: { 'x-member': '1' } }
    assert.equal((await client.get(`/${NAME}/x@y.txt`)).status, 401)
    assert.equal((await client.get(`/${NAME}/x@y.txt`, member)).body, SECRET)
    // The name of a file may be spelled either way.
    assert.equal((await client.get(`/${NAME}/x%40y.txt`, member)).body, SECRET)
    for (const encoded of [
      encodeURIComponent(NAME),
      NAME.replace(/[^a-d]/g, (char) => `%${char.charCodeAt(0).toString(16)}`),
      NAME.replace('@', '%40'),
      NAME.replace('(', '%28'),
    ]) {
      const answer = await client.get(`/${encoded}/x%40y.txt?q=%40`, member)
      assert.deepEqual([answer.status, answer.headers.location], [301, `/${NAME}/x%40y.txt?q=%40`], encoded)
      assert.equal((await client.get(`/${encoded}/`)).headers.location, `/${NAME}/`)
      assert.equal((await client.get(`/${encoded}/none`)).body, 'the next one')
      const absolute = `GET http://x/${encoded}/x@y.txt HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`
      assert.match(await client.raw(absolute), /^HTTP\/1\.1 301 /)
    }
    const mounted = await client.get(`/in/o%40p/${NAME}/x@y.txt`, member)
    assert.equal(mounted.headers.location, `/in/o@p/${NAME}/x@y.txt`)
  })

  it('is answered in any spelling with `canonical: false`, and to an application that put it there', async (t) => {
    const client = await site(t, { canonical: false })
    assert.equal((await client.get(`/${encodeURIComponent(NAME)}/x@y.txt`)).body, SECRET)
    const app = nozomi()
    app.use((req, _res, next) => {
      req.url = `/${encodeURIComponent(NAME)}/x.txt`
      next()
    })
    app.use(nozomi.static(makeTree(t, { [`${NAME}/x.txt`]: 'found' })))
    assert.equal((await (await listen(t, app)).get('/asked')).body, 'found')
  })
})

describe('the two spellings that Express is asked for', () => {
  it('answers plain dot segments that end at the top, where static is the first of the application', async (t) => {
    const root = makeTree(t, { 'todo.txt': 'todo', 'users/a': 'a' })
    const app = nozomi()
    app.use(nozomi.static(root))
    const client = await listen(t, app)
    assert.equal((await client.get('/users/../todo.txt')).body, 'todo')
    for (const path of ['/users/../users/a', '/users/%2e%2e/todo.txt', '/users//../todo.txt', '/./users/a']) {
      assert.equal((await client.get(path)).status, 404, path)
    }
  })

  it('refuses them where anything could have looked at the path before', async (t) => {
    const root = makeTree(t, { 'todo.txt': 'todo' })
    const files = nozomi.static(root)
    const behind = nozomi()
    behind.use((_req, _res, next) => next())
    behind.use(files)
    const mounted = nozomi()
    mounted.use(nozomi().use(files))
    const inRouter = nozomi()
    inRouter.use(nozomi.Router().use(files))
    for (const app of [behind, mounted, inRouter]) {
      const client = await listen(t, app)
      assert.equal((await client.get('/todo.txt')).body, 'todo')
      assert.equal((await client.get('/users/../todo.txt')).status, 404)
    }
  })

  const takenOver: Record<string, (app: ReturnType<typeof nozomi>, server: { emit: unknown }) => void> = {
    'app.handle()': (app) => {
      const { handle } = app
      app.handle = (req, res, done) => (deny(req, res) ? undefined : handle.call(app, req, res, done))
    },
    'app.router.handle()': (app) => {
      const router = app.router as unknown as { handle(...args: unknown[]): void }
      const { handle } = router
      router.handle = (...args) => (deny(args[0], args[1]) ? undefined : handle.apply(router, args))
    },
    'server.emit()': (_app, server) => {
      const emit = server.emit as (...args: unknown[]) => unknown
      server.emit = (...args: unknown[]) =>
        args[0] === 'request' && deny(args[1], args[2]) ? true : emit.apply(server, args)
    },
  }
  function deny(req: unknown, res: unknown): boolean {
    const isGuarded = (req as IncomingMessage).url === '/todo.txt'
    if (isGuarded) (res as ServerResponse).writeHead(401).end()
    return isGuarded
  }
  for (const [what, takeOver] of Object.entries(takenOver)) {
    it(`refuses them where somebody has taken over ${what}`, async (t) => {
      const app = nozomi()
      app.use(nozomi.static(makeTree(t, { 'todo.txt': 'todo' })))
      const client = await listen(t, app)
      assert.equal((await client.get('/users/../todo.txt')).body, 'todo')
      takeOver(app, client.server)
      assert.equal((await client.get('/todo.txt')).status, 401)
      for (const path of ['/y/../todo.txt', '/./todo.txt'])
        assert.equal((await client.get(path)).status, 404, path)
    })
  }

  it('refuses them where setHeaders may be what looks at the path', async (t) => {
    const app = nozomi()
    app.use(nozomi.static(makeTree(t, { 'todo.txt': 'todo' }), { setHeaders: () => {} }))
    const client = await listen(t, app)
    assert.equal((await client.get('/todo.txt')).body, 'todo')
    assert.equal((await client.get('/users/../todo.txt')).status, 404)
  })

  it('refuses them where the application is called by another one, or by a listener of the server', async (t) => {
    const root = makeTree(t, { 'todo.txt': 'todo' })
    const site = nozomi()
    site.use(nozomi.static(root))
    const main = nozomi()
    main.use('/todo.txt', (_req, res) => void res.sendStatus(401))
    main.use((req, res, next) => (req.headers['x-site'] ? site.handle(req, res, next) : next()))
    const wrapped = (req: IncomingMessage, res: ServerResponse) => {
      if (req.url === '/todo.txt') res.writeHead(401).end()
      else site.handle(req, res)
    }
    for (const client of [await listen(t, main), await serve(t, wrapped)]) {
      const ask = (path: string) => client.get(path, { headers: { 'x-site': '1' } })
      assert.equal((await ask('/todo.txt')).status, 401)
      for (const path of ['/y/../todo.txt', '/./todo.txt']) assert.equal((await ask(path)).status, 404, path)
    }
  })

  it('sends a client with doubled leading slashes to the folder at the top', async (t) => {
    const root = makeTree(t, { 'users/index.html': 'users', 'users/deep/a': 'a', 'todo.txt': 'todo' })
    const app = nozomi()
    app.use('/static', nozomi.static(root))
    app.use(nozomi.static(root))
    const client = await listen(t, app)
    assert.equal((await client.get('//users?a=1')).headers.location, '/users/?a=1')
    assert.equal((await client.get('/static//users')).headers.location, '/static/users/')
    for (const path of ['//todo.txt', '//users/', '//users/deep', '//none', '//todo@txt', '/users//deep']) {
      assert.equal((await client.get(path)).status, 404, path)
    }
  })
})

/** Writes the text with letters plain, percent-encoded or in upper case, and hexadecimal digits in either case. */
function spell(text: string, ways: [how: string, isUpper: boolean][]): string {
  return [...text]
    .map((letter, index) => {
      const [how, isUpper] = ways[index] as [string, boolean]
      if (letter === '/') return letter
      if (how === 'upper') return letter.toUpperCase()
      if (how === 'plain') return letter
      const octet = `%${letter.charCodeAt(0).toString(16)}`
      return isUpper ? octet.toUpperCase() : octet
    })
    .join('')
}
