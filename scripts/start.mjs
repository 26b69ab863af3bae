/**
 * `npm start`: on a machine that has only Node and npm, installs and builds what is missing or stale, then starts the
 * shop, in this process: signals, the terminal and the exit code are the shop's own. When nothing is to be done, that
 * is found out in about 0.1 s.
 *
 * Until the version is checked, this file uses nothing that an old Node does not understand: it shall say so, and not
 * fail with a syntax error.
 */
import { existsSync } from 'fs'

const OLDEST = [20, 19]
const PARENT_CHECK_MS = 500
const SHOP = new URL('../apps/shop/dist/main.js', import.meta.url)

if (isTooOld(process.versions.node)) {
  console.error(`
This needs Node ${OLDEST.join('.')} or newer; this is Node ${process.versions.node}.
Install a newer one from https://nodejs.org and start again.
`)
  process.exit(1)
}

start().catch((error) => {
  console.error(error)
  process.exit(1)
})

async function start() {
  const { build, installIfNeeded } = await import('./run.mjs')
  installIfNeeded()
  if (!existsSync(SHOP)) console.log('\nbuilding ...')
  build('apps/shop')
  process.setSourceMapsEnabled(true)
  stopWithParent()
  await import(SHOP.href)
}

/** Whoever ends npm with a signal ends npm's shell with it, which does not tell us. */
function stopWithParent() {
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    process.kill(process.pid, 'SIGTERM')
  }, PARENT_CHECK_MS)
  watch.unref()
}

function isTooOld(version) {
  const [major, minor] = version.split('.').map(Number)
  return major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])
}
