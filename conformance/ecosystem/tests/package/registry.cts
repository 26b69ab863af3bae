import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'

interface Package {
  manifest: { name: string; version: string }
  tarball: string
}

/**
 * A registry with a few packages that are not published, for `npm install` to find by name. It sends npm on to the
 * registry that this machine is set up with for everything else.
 */
export function createRegistry(packages: Package[]): Server {
  const shell = process.platform === 'win32'
  const upstream = execFileSync('npm', ['config', 'get', 'registry'], { encoding: 'utf8', shell }).trim()
  return createServer((req, res) => {
    const [, name = '', file] = (req.url ?? '').split('/')
    const found = packages.find(({ manifest }) => manifest.name === name)
    if (!found) res.writeHead(302, { location: new URL(req.url ?? '', upstream).href }).end()
    else if (file) res.end(readFileSync(found.tarball))
    else res.setHeader('content-type', 'application/json').end(describe(found, `http://${req.headers.host}`))
  })
}

/** What a registry says about a package: its manifest, where its tarball is, and the tarball's digest. */
function describe({ manifest, tarball }: Package, origin: string): string {
  const integrity = `sha512-${createHash('sha512').update(readFileSync(tarball)).digest('base64')}`
  const { name, version } = manifest
  const dist = { tarball: `${origin}/${name}/${name}-${version}.tgz`, integrity }
  return JSON.stringify({
    name,
    'dist-tags': { latest: version },
    versions: { [version]: { ...manifest, dist } },
  })
}
