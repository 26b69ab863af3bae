import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** The time of modification of every fixture. */
export const modified = new Date('2024-02-29T12:00:00Z')
export const lastModified = modified.toUTCString()

/**
 * A folder of small files which static, sendFile and render are tried on, with one time of modification, so that
 * `ETag` and `Last-Modified` are known. Made for this process and removed when it ends, unless a parent has one.
 */
export const fixtures = process.env['CONFORMANCE_FIXTURES'] ?? makeFolder()

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'conformance-'))
  for (const [name, content] of Object.entries(files())) {
    const path = join(folder, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, content)
    utimesSync(path, modified, modified)
  }
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  return folder
}

function files(): Record<string, string | Buffer> {
  return {
    'views/user.tpl': '<p>{{user}}</p>',
    'views/page.html': 'page',
    'views/engine.throw': '',
    'views/engine.fail': '',
    'views/engine.keys': '',
    'views/throws.bad': '',
    'views/pages/index.tpl': '<h1>index {{user}}</h1>',
    'views/pages/about.tpl': '<h1>about {{user}}</h1>',
    'secret.tpl': 'secret of {{user}}',
    'outside.txt': 'outside of the public folder',
    'public/index.html': '<h1>home</h1>',
    'public/hello.txt': 'hello, world\n',
    'public/digits.txt': '0123456789',
    'public/empty.txt': '',
    'public/data.json': '{"a":1}',
    'public/script.js': 'let a = 1',
    'public/image.png': Buffer.from('89504e470d0a1a0a00ff', 'hex'),
    'public/noext': 'no extension',
    'public/page.html': '<p>page</p>',
    'public/page.htm': '<p>htm page</p>',
    'public/strange.xyzzy': 'unknown extension',
    'public/with space.txt': 'a space',
    'public/$100%.txt': 'a percent sign',
    'public/ünï.txt': 'unicode',
    'public/.hidden': 'hidden',
    'public/.folder/inside.txt': 'in a hidden folder',
    'public/docs/index.html': '<h1>docs</h1>',
    'public/docs/default.htm': '<h1>default</h1>',
    'public/docs/deep/file.txt': 'deep',
    'public/admin/secret.txt': 'for administrators',
    'public/bare/file.txt': 'a folder without index',
    'public/large.txt': 'abcdefghij'.repeat(20_000),
  }
}
