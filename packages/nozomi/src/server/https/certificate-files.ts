import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { Server } from 'node:tls'
import type { CertificateFile, CertificateFiles, Certificates } from '../../types/application-members.js'
import { createError } from '../../errors/catalogue.js'
import { assertCertificates, reloadCertificates, setHosts } from './reload-certificates.js'

/*
 * Certificates in files, which somebody else renews: certbot, a secret that a cluster mounts, a colleague.
 *
 * The files are read from time to time, and their contents compared. To watch them would be cheaper, and misses what these
 * do: files are replaced by renaming, behind links of links, on file systems that tell nobody.
 */

const certificateReader = Symbol('nozomi.certificateReader')

interface WithReader {
  [certificateReader]?: CertificateReader
}

/** @throws NOZOMI_CERTIFICATES when a file can't be read, or what is in it can't be used */
export function readCertificateFiles(files: CertificateFiles): Certificates {
  const found = collect(files, readFileSync as (path: string | URL) => Buffer)
  assertCertificates(found)
  return found
}

/**
 * Keeps a server's certificates those of the files, for as long as it listens. It emits 'certificates' when it has
 * others, and 'certificatesError' when it can't use those that it found, and goes on with the old; where nobody listens
 * for that, a warning of the process says so, once for each content of the files.
 */
export function followCertificateFiles(server: Server, files: CertificateFiles, loaded: Certificates): void {
  if (loaded.hosts) setHosts(server, loaded.hosts)
  const reader = new CertificateReader(server, files, loaded)
  ;(server as WithReader)[certificateReader] = reader
  const { checkInterval = 10_000 } = files
  if (checkInterval === 0) return
  let timer: NodeJS.Timeout | undefined
  server.on('listening', () => {
    clearInterval(timer)
    timer = setInterval(() => void reader.check(), checkInterval).unref()
  })
  server.on('close', () => clearInterval(timer))
}

/**
 * Reads the files of a server again, now.
 *
 * @throws NOZOMI_CERTIFICATES when they can't be used, or the server has none
 */
export function rereadCertificates(server: unknown): void {
  const reader = (server as WithReader | null | undefined)?.[certificateReader]
  if (reader) reader.reread()
  else {
    throw createError('NOZOMI_CERTIFICATES', [
      'this server was made without `certificateFiles`: say which certificates it is to have',
    ])
  }
}

class CertificateReader {
  readonly #server: Server
  readonly #files: CertificateFiles
  /** Of what is in use, and of what could not be. */
  #loaded: string
  #refused = ''
  #complaint = ''
  #isChecking = false

  constructor(server: Server, files: CertificateFiles, loaded: Certificates) {
    this.#server = server
    this.#files = files
    this.#loaded = identityOf(loaded)
  }

  reread(): void {
    this.#use(readCertificateFiles(this.#files))
  }

  async check(): Promise<void> {
    if (this.#isChecking) return
    this.#isChecking = true
    try {
      const contents = await readAll(this.#files)
      const found = collect(this.#files, (path) => contents.get(String(path)) as Buffer)
      const identity = identityOf(found)
      if (identity === this.#loaded || identity === this.#refused) return
      this.#refused = identity
      this.#use(found)
    } catch (error) {
      this.#complain(error as Error)
    } finally {
      this.#isChecking = false
    }
  }

  #use(found: Certificates): void {
    reloadCertificates(this.#server, found)
    this.#loaded = identityOf(found)
    this.#refused = ''
    this.#server.emit('certificates')
  }

  #complain(error: Error): void {
    if (this.#server.emit('certificatesError', error)) return
    if (this.#complaint !== error.message) process.emitWarning(error.message, { code: 'NOZOMI_CERTIFICATES' })
    this.#complaint = error.message
  }
}

function collect(files: CertificateFiles, read: (path: string | URL) => Buffer): Certificates {
  const { hosts = {} } = files
  const own = Object.entries(hosts).map(([host, file]) => [host, readPair(file, read)] as const)
  return { ...readPair(files, read), ...(own.length > 0 ? { hosts: Object.fromEntries(own) } : {}) }
}

function readPair({ key, cert, passphrase }: CertificateFile, read: (path: string | URL) => Buffer) {
  const pair = { key: readNamed(key, read), cert: readNamed(cert, read) }
  return passphrase === undefined ? pair : { ...pair, passphrase }
}

function readNamed(path: string | URL, read: (path: string | URL) => Buffer): Buffer {
  try {
    return read(path)
  } catch (error) {
    throw unreadable(path, error as Error)
  }
}

async function readAll(files: CertificateFiles): Promise<Map<string, Buffer>> {
  const paths = [files, ...Object.values(files.hosts ?? {})].flatMap(({ key, cert }) => [key, cert])
  return new Map(
    await Promise.all(
      paths.map(async (path) => {
        const content = await readFile(path).catch((error: Error) => {
          throw unreadable(path, error)
        })
        return [String(path), content] as const
      }),
    ),
  )
}

function unreadable(path: string | URL, error: Error): Error {
  return createError('NOZOMI_CERTIFICATES', [`the file ${String(path)} can't be read: ${error.message}`], {
    cause: error,
  })
}

function identityOf({ hosts = {}, ...own }: Certificates): string {
  const pairs = [own, ...Object.values(hosts)]
  return pairs.map(({ key, cert }) => `${String(key)}\n${String(cert)}`).join('\n')
}
