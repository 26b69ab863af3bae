import { fileURLToPath } from 'node:url'

/** The servers that all suites can be run on. */
export const SERVERS = ['node', 'turbo', 'h2c']

const PRELOADS = {
  turbo: fileURLToPath(new URL('turbo-preload.cjs', import.meta.url)),
  h2c: fileURLToPath(new URL('h2c-preload.cjs', import.meta.url)),
}
const PACKAGE = fileURLToPath(new URL('../packages/nozomi', import.meta.url))

/**
 * The environment of a process in which everybody who asks node for a server gets this one.
 *
 * @param {'node' | 'turbo' | 'h2c'} server
 * @param {string} [installed] The folder of the framework whose server it is: the one that the applications are made with.
 */
export function serverEnvironment(server, installed = PACKAGE) {
  if (server === 'node') return process.env
  const options = `${process.env.NODE_OPTIONS ?? ''} --require ${JSON.stringify(PRELOADS[server])}`.trim()
  const chosen = server === 'turbo' ? { NOZOMI_SERVER: 'turbo' } : {}
  return { ...process.env, ...chosen, NODE_OPTIONS: options, PRELOAD_PACKAGE: installed }
}

/** Takes `--server <name>` out of the arguments: `{ server, args, env }`, with the environment for it. */
export function takeServer(given) {
  const args = [...given]
  const at = args.indexOf('--server')
  const [, server = 'node'] = at === -1 ? [] : args.splice(at, 2)
  if (!SERVERS.includes(server)) {
    console.error(`--server is one of ${SERVERS.join(', ')}`)
    process.exit(2)
  }
  return { server, args, env: serverEnvironment(server) }
}
