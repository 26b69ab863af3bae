/**
 * Makes the page of the inspector: one document with its style and its script inside, `dist/page/index.html`. Run after
 * the compiler: `node packages/insight/page/build.mjs`.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const PAGE = dirname(fileURLToPath(import.meta.url))
const FOLDER = join(PAGE, '../dist/page')
/** Of the document as it is sent, not compressed. */
const MOST_BYTES = 60_000

const script = await bundled('main.ts')
const style = await bundled('style/main.css')
const html = readFileSync(join(PAGE, 'index.html'), 'utf8')
  .replaceAll(/\n\s*/g, '\n')
  .replace('/* style */', () => style)
  .replace('/* script */', () => script)
const size = Buffer.byteLength(html)
if (size > MOST_BYTES) throw new Error(`the page has ${size} bytes, and may have ${MOST_BYTES}`)

mkdirSync(FOLDER, { recursive: true })
// Made beside the one that is served, and put in its place when it is whole.
const making = join(FOLDER, `index.${process.pid}.html`)
writeFileSync(making, html)
renameSync(making, join(FOLDER, 'index.html'))

async function bundled(entry) {
  const { outputFiles } = await build({
    absWorkingDir: PAGE,
    entryPoints: [join(PAGE, entry)],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    charset: 'utf8',
    logLevel: 'warning',
  })
  const text = outputFiles[0].text.trim()
  // What is inside of an element ends where its end tag stands, in a string or not.
  if (/<\/(?:script|style)/i.test(text)) throw new Error(`${entry} holds an end tag`)
  return text
}
