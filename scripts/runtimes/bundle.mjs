/**
 * Makes one file of a worker, as wrangler does: node's own modules are imported where the code requires them, because a
 * worker has no `require`.
 */
import { isBuiltin } from 'node:module'
import { pathToFileURL } from 'node:url'

export async function bundle(folder, entry, outfile) {
  const { build } = await import(pathToFileURL(`${folder}/node_modules/esbuild/lib/main.js`).href)
  await build({
    absWorkingDir: folder,
    entryPoints: [entry],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    external: ['cloudflare:*'],
    plugins: [builtins],
    logLevel: 'error',
  })
}

const builtins = {
  name: 'builtins',
  setup(build) {
    build.onResolve({ filter: /^[a-z][a-z:_/]*$/ }, ({ path, kind }) => {
      if (!isBuiltin(path)) return undefined
      const name = path.startsWith('node:') ? path : `node:${path}`
      return kind === 'require-call' ? { path: name, namespace: 'builtin' } : { path: name, external: true }
    })
    build.onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
      contents: `import it from '${path}'\nmodule.exports = it`,
    }))
  },
}
