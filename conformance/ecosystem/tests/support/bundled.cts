import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { fixture } from './fixtures.cjs'
import { Started } from './started.cjs'

/** The folder that a bundle is put into: the views and files of its application, and no packages anywhere near. */
export function createSite(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'bundle-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  cpSync(fixture('bundle', 'site'), folder, { recursive: true })
  return folder
}

/** Runs a bundle of `fixtures/bundle/server` and checks what it answers. */
export async function assertAnswers(t: TestContext, folder: string, file: string): Promise<void> {
  const { url } = await Started.start(t, join(folder, file), { cwd: folder })
  const ask = async (path: string, init?: RequestInit) => {
    const response = await fetch(url + path, init)
    return [response.status, await response.text()] as const
  }
  const post = (body: string) => {
    return ask('/echo', { method: 'POST', headers: { 'content-type': 'application/json' }, body })
  }
  assert.deepEqual(await ask('/pages/<tobi>'), [200, '<h1>&lt;tobi&gt;</h1>\n'])
  assert.deepEqual(await ask('/notes.txt'), [200, 'a plain text file\n'])
  assert.deepEqual(await post('{"a":[1]}'), [201, '{"a":[1]}'])

  assert.equal((await post('{"a')).at(0), 400)
  assert.equal((await ask('/absent')).at(0), 404)
  const [status, page] = await ask('/views/page.pug')
  assert.equal(status, 500)
  assert.match(page, /Cannot find module .*pug/)
}
