import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TestContext } from 'node:test'

/** This file runs as `packages/insight/build/test/shadow/support/project.mjs`. */
export const ROOT = fileURLToPath(new URL('../../../../../../', import.meta.url))

/**
 * A folder with these files, in which `express` is stock Express and `nozomi` is Nozomi. It is removed after the test.
 *
 * @returns the path of a file in it
 */
export function project(t: TestContext, files: Readonly<Record<string, string>>): (file: string) => string {
  const folder = mkdtempSync(join(tmpdir(), 'nozomi-shadow-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction')
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), text)
  }
  return (file) => join(folder, file)
}

/** The text of an application in CommonJS, with `app` made, and then listening. */
export function listening(body: string): string {
  return `const express = require('express')
const app = express()
const onNozomi = process.env.NOZOMI_SHADOW === 'nozomi'
${body}
app.listen(3000)
`
}
