import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { eventually } from '../support/eventually.js'
import { clientOf } from '../support/client.js'
import { temporaryFolder, type TemporaryFolder } from '../support/temporary-folder.js'

const TEMPLATE = new URL('../../deploy/nginx/shop.conf.template', import.meta.url)

/** Why tests with a real nginx can't run; false when they can. */
export function nginxIsMissing(): string | false {
  try {
    execFileSync('nginx', ['-v'], { stdio: 'pipe' })
    return false
  } catch (error) {
    return `no nginx on this machine: ${String(error)}`
  }
}

/** A port that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** A real nginx with the configuration of deploy/, in a folder of its own. */
export class Nginx {
  readonly address: string
  readonly #folder: TemporaryFolder
  readonly #file: string
  #child: ChildProcess | null = null
  output = ''

  constructor(port: number, servers: readonly string[]) {
    this.#folder = temporaryFolder()
    this.address = `http://127.0.0.1:${port}`
    const { path } = this.#folder
    const shop = join(path, 'shop.conf')
    this.#file = join(path, 'nginx.conf')
    writeFileSync(
      shop,
      replaced(readFileSync(TEMPLATE, 'utf8'), {
        SHOP_LISTEN: `127.0.0.1:${port}`,
        SHOP_SERVERS: servers.map((server) => `server ${server} max_fails=0;`).join(' '),
      }),
    )
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
      (name) => `${name}_temp_path ${path}/${name};`,
    )
    writeFileSync(
      this.#file,
      [
        'daemon off;',
        ...(process.getuid?.() === 0 ? ['user root;'] : []),
        `pid ${path}/nginx.pid;`,
        'error_log stderr warn;',
        'worker_processes 1;',
        'events { worker_connections 512; }',
        `http { access_log off; ${temporary.join(' ')} include ${shop}; }`,
      ].join('\n'),
    )
  }

  /** What `nginx -t` says; throws when it finds a mistake. */
  check(): void {
    execFileSync('nginx', ['-t', '-e', 'stderr', '-c', this.#file], { stdio: 'pipe' })
  }

  async start(): Promise<void> {
    const child = spawn('nginx', ['-e', 'stderr', '-c', this.#file], { stdio: 'pipe' })
    child.stderr?.on('data', (chunk: Buffer) => (this.output += chunk.toString()))
    this.#child = child
    const ask = clientOf(this.address)
    const status = await eventually(
      () =>
        ask('/metrics').then(
          (answer) => answer.status,
          () => 0,
        ),
      (answer) => answer !== 0 || child.exitCode !== null,
    )
    if (status === 0) throw new Error(`nginx did not start:\n${this.output}`)
  }

  async stop(): Promise<void> {
    if (this.#child !== null && this.#child.exitCode === null) {
      const ended = once(this.#child, 'exit')
      this.#child.kill('SIGTERM')
      await ended
    }
    this.#folder.remove()
  }
}

/** As envsubst does it in the image of nginx, with NGINX_ENVSUBST_FILTER=^SHOP_. */
function replaced(template: string, values: Readonly<Record<string, string>>): string {
  return template.replaceAll(/\$\{(SHOP_\w+)\}/g, (_all, name: string) => {
    const value = values[name]
    if (value === undefined) throw new Error(`the template has a variable that nobody sets: ${name}`)
    return value
  })
}
