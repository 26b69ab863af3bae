/**
 * Bundles the page into dist/web: scripts and styles under names that hold the hash of their content, so that browsers
 * may keep them for ever, and the documents that point to them. Run after the compiler: `node apps/shop/page/build.mjs`.
 */
import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const PAGE = dirname(fileURLToPath(import.meta.url))
const PUBLIC = join(PAGE, 'public')
const WEB = join(PAGE, '../dist/web')
const ASSETS = '/assets/'

/** What the documents name, and where it comes from. */
const SCRIPTS = { '/assets/main.js': 'main.ts', '/assets/theme.js': 'theme.ts' }
const STYLES = Object.fromEntries(
  ['style.css', 'forms.css', 'catalogue.css', 'views.css', 'chat.css', 'artwork.css'].map((name) => [
    `/${name}`,
    name,
  ]),
)
const DRAWINGS = { '/icons.svg': 'icons.svg', '/mark.svg': 'mark.svg' }
const DOCUMENTS = ['index.html', 'not-found.html']

// Made beside the one that is served, and put in its place when it is whole.
const making = `${WEB}.${process.pid}`
rmSync(making, { recursive: true, force: true })
mkdirSync(join(making, 'assets'), { recursive: true })

const drawings = hashedDrawings()
const manifest = { ...drawings, ...(await bundled(SCRIPTS, 'esm')), ...(await bundled(STYLES, 'esm')) }
for (const name of DOCUMENTS)
  writeFileSync(join(making, name), pointed(readFileSync(join(PUBLIC, name), 'utf8'), manifest))
writeFileSync(join(making, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)
rmSync(WEB, { recursive: true, force: true })
renameSync(making, WEB)

/** Bundles entries; gives under which address each now is. */
async function bundled(entries, format) {
  const { metafile } = await build({
    absWorkingDir: PAGE,
    entryPoints: Object.values(entries).map((name) => join(extname(name) === '.css' ? PUBLIC : PAGE, name)),
    outdir: join(making, 'assets'),
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    bundle: true,
    // What is imported later (the sockets) is a file of its own.
    splitting: true,
    minify: true,
    sourcemap: 'linked',
    format,
    target: 'es2022',
    metafile: true,
    logLevel: 'warning',
    plugins: [{ name: 'drawings', setup: pointToDrawings }],
  })
  const outputs = Object.entries(metafile.outputs).filter(([, { entryPoint }]) => entryPoint !== undefined)
  return Object.fromEntries(
    Object.entries(entries).map(([address, source]) => {
      const output = outputs.find(([, { entryPoint }]) => basename(entryPoint) === source)
      return [address, ASSETS + basename(output[0])]
    }),
  )
}

function hashedDrawings() {
  const entries = Object.entries(DRAWINGS).map(([address, name]) => {
    const hash = createHash('sha256')
      .update(readFileSync(join(PUBLIC, name)))
      .digest('hex')
      .slice(0, 8)
    const hashed = `${basename(name, '.svg')}-${hash.toUpperCase()}.svg`
    cpSync(join(PUBLIC, name), join(making, 'assets', hashed))
    return [address, ASSETS + hashed]
  })
  return Object.fromEntries(entries)
}

/** Scripts name drawings by their plain addresses: `/icons.svg#teapot`. */
function pointToDrawings(builder) {
  builder.onLoad({ filter: /\.ts$/ }, ({ path }) => ({
    contents: pointed(readFileSync(path, 'utf8'), drawings),
    loader: 'ts',
  }))
}

/** A text whose addresses are those of the manifest. An address ends at a quote, or at a fragment. */
function pointed(text, addresses) {
  let result = text
  for (const [plain, hashed] of Object.entries(addresses)) {
    result = result.replaceAll(
      new RegExp(`(["'\`])${plain.replaceAll('.', String.raw`\.`)}(?=["'\`#])`, 'g'),
      `$1${hashed}`,
    )
  }
  return result
}
