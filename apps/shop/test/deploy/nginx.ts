import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { eventually } from '../support/eventually.js'
import { type Client, clientOf } from '../support/client.js'
import { temporaryFolder, type TemporaryFolder } from '../support/temporary-folder.js'

const TEMPLATES = new URL('../../deploy/nginx/', import.meta.url)

/** TLS with a certificate that nobody but this test trusts. */
export interface SelfMadeTls {
  /** Of nginx itself, where plain http is led to https. */
  readonly redirectPort: number
}

/** Why tests with a real nginx can't run; false when they can. */
export function nginxIsMissing(): string | false {
  try {
    execFileSync('nginx', ['-v'], { stdio: 'pipe' })
    return false
  } catch (error) {
    return `no nginx on this machine: ${String(error)}`
  }
}

/** Why tests with a certificate of their own can't run; false when they can. */
export function opensslIsMissing(): string | false {
  try {
    execFileSync('openssl', ['version'], { stdio: 'pipe' })
    return false
  } catch (error) {
    return `no openssl on this machine: ${String(error)}`
  }
}

/** A certificate for 127.0.0.1, and its key, as tls.conf.template wants them. */
function makeCertificate(folder: string): Buffer {
  const words =
    'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=shop.example -addext subjectAltName=IP:127.0.0.1,DNS:shop.example'
  const files = ['-keyout', join(folder, 'shop.key'), '-out', join(folder, 'shop.crt')]
  execFileSync('openssl', [...words.split(' '), ...files], { stdio: 'pipe' })
  return readFileSync(join(folder, 'shop.crt'))
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
  /** Sends what it is told, and trusts the certificate. */
  readonly ask: Client
  readonly #folder: TemporaryFolder
  readonly #file: string
  #child: ChildProcess | null = null
  output = ''

  constructor(port: number, servers: readonly string[], tls: SelfMadeTls | null = null) {
    this.#folder = temporaryFolder()
    const { path } = this.#folder
    this.#file = join(path, 'nginx.conf')
    const fill = (name: string, values: Readonly<Record<string, string>>): void => {
      const template = readFileSync(new URL(`${name}.template`, TEMPLATES), 'utf8')
      writeFileSync(join(path, name), replaced(template, values))
    }
    fill('shop.conf', {
      SHOP_LISTEN: `127.0.0.1:${port}${tls === null ? '' : ' ssl'}`,
      SHOP_SERVERS: servers.map((server) => `server ${server} max_fails=0;`).join(' '),
    })
    if (tls === null) {
      this.address = `http://127.0.0.1:${port}`
      this.ask = clientOf(this.address)
    } else {
      fill('tls.conf', { SHOP_TLS: path, SHOP_REDIRECT_LISTEN: `127.0.0.1:${tls.redirectPort}` })
      this.address = `https://127.0.0.1:${port}`
      this.ask = clientOf(this.address, makeCertificate(path))
    }
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
        `http { access_log off; ${temporary.join(' ')} ${tls === null ? '' : 'include tls.conf;'} include shop.conf; }`,
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
    const status = await eventually(
      () =>
        this.ask('/metrics').then(
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
