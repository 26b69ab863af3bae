/**
 * Stands in for npm in a copy of the repository, as `node npm-stand-in.js install ...` in the copy's root: what npm
 * would install is linked from the checkout in CHECKOUT, where npm has installed it. Packages that are folders of the
 * repository itself are those of the copy, as after a real install.
 */
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'

const RECORD = '.package-lock.json'

const [command] = process.argv.slice(2)
const { CHECKOUT: checkout = '' } = process.env
if (command !== 'install') throw new Error(`this npm only knows install; it was asked to ${command}`)

const root = realpathSync(checkout)
const packages = join(root, 'node_modules')
for (const name of packageNames(packages)) {
  const installed = realpathSync(join(packages, name))
  const isOwn = !installed.startsWith(packages + sep)
  const folder = isOwn ? join(process.cwd(), relative(root, installed)) : installed
  link(folder, join('node_modules', name))
  // Versions of its own, where it needs others than the rest.
  const nested = join(installed, 'node_modules')
  if (isOwn && existsSync(nested)) link(nested, join(folder, 'node_modules'))
}
// Written last and anew, as by npm: it is newer than the lockfile.
writeFileSync(join('node_modules', RECORD), readFileSync(join(packages, RECORD)))
console.log(`npm's stand-in was told: ${process.argv.slice(2).join(' ')}`)

function packageNames(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => !name.startsWith('.'))
    .flatMap((name) =>
      name.startsWith('@') ? readdirSync(join(folder, name)).map((inner) => join(name, inner)) : [name],
    )
}

function link(target: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true })
  symlinkSync(target, path, 'junction')
}
