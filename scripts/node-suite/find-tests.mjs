import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The folders of node's tests that have some of its HTTP server, as paths below `test/`. */
const FOLDERS = ['parallel', 'sequential']

/**
 * The tests, by their paths below `test/`, that may exercise a server of node:http or node:https: all that are named
 * for it, and whatever else loads one of the modules and speaks of a server.
 */
export function findTests(root) {
  return FOLDERS.flatMap((folder) =>
    readdirSync(join(root, 'test', folder))
      .filter((name) => /^test-.*\.m?js$/.test(name) && !name.startsWith('test-http2'))
      .map((name) => `${folder}/${name}`)
      .filter(
        (test) =>
          /\/test-https?[-.]/.test(test) || speaksOfServers(readFileSync(join(root, 'test', test), 'utf8')),
      ),
  ).toSorted()
}

function speaksOfServers(source) {
  return (
    /(?:require\(|from )['"](?:node:)?https?['"]/.test(source) &&
    /createServer|https?\.Server|new Server/.test(source)
  )
}
