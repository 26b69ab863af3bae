import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import test from 'node:test'
import { runInNewContext } from 'node:vm'
import { build } from 'esbuild'

const SOURCE = `
  import { createClient } from '@nozomi/schema/client'
  globalThis.answer = createClient({ baseUrl: '/api' }).get('/users/:id', { params: { id: 7 }, query: { a: [1, 2] } })
`

async function bundle(source: string) {
  const stdin = { contents: source, resolveDir: import.meta.dirname }
  const options = {
    platform: 'browser',
    bundle: true,
    write: false,
    metafile: true,
    logLevel: 'silent',
  } as const
  return build({ ...options, stdin, format: 'iife', minify: true })
}

test('a page can have the client: nothing of Node is in it, and nothing else of the package', async () => {
  const { metafile, outputFiles } = await bundle(SOURCE)
  const files = Object.keys(metafile.inputs).map((file) => file.replace(/^.*packages\/schema\//, ''))
  const foreign = files.filter((file) => !/^(?:client\.mjs|esm\/client\/[\w-]+\.js|<stdin>)$/.test(file))
  assert.deepEqual(foreign, [])
  const asked: string[] = []
  const fetch = async (url: string) => {
    asked.push(url)
    return Response.json({ id: 7 })
  }
  // As much as a page has.
  const page: Record<string, any> = { fetch, Headers, URLSearchParams }
  runInNewContext(outputFiles[0]?.text ?? '', page)
  const { status, data } = await page.answer
  assert.deepEqual([asked, status, { ...data }], [['/api/users/7?a=1&a=2'], 200, { id: 7 }])
})

test('the test would notice: the package itself is none for a page', async () => {
  await assert.rejects(bundle("import '@nozomi/schema'; import 'node:http'"), /node:http/)
})

test('require gives the same', () => {
  const { createClient } = createRequire(import.meta.url)('@nozomi/schema/client') as {
    createClient: unknown
  }
  assert.equal(typeof createClient, 'function')
})
