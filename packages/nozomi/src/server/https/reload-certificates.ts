import { createSecureContext, type SecureContextOptions, type Server } from 'node:tls'
import type { Certificates } from '../../types/application-members.js'
import { createError } from '../../errors/catalogue.js'

/*
 * New certificates for a server that is running. Connections that are open go on with what they have; the next handshake
 * uses the new ones. Servers of node:https, of node:http2 and turbo are all a `tls.Server`.
 */

/**
 * All else that the server was told (`ca`, `minVersion`, ...) stays, unless it stands here too.
 *
 * `hosts`, where they are named, replace those that were named before.
 *
 * @throws NOZOMI_CERTIFICATES when one of them can't be used: a key that is not that of the certificate, text that is
 *   neither, a wrong passphrase. Then the server goes on with what it has.
 */
export function reloadCertificates(server: unknown, certificates: Certificates): void {
  assertSecure(server)
  const { hosts, ...own } = certificates
  const kept = keptOf(server)
  const merged = { ...kept, ...own }
  // All of them are tried before the first is used: a server must not end up with half of them.
  assertCertificates({ ...merged, ...(hosts ? { hosts: withKept(kept, hosts) } : {}) })
  server.setSecureContext(merged)
  if (hosts) setHosts(server, hosts)
}

/** What a server was told beside its certificates; node keeps it under the names of the options. */
const KEPT = [
  'ca',
  'ciphers',
  'crl',
  'dhparam',
  'ecdhCurve',
  'honorCipherOrder',
  'maxVersion',
  'minVersion',
  'secureOptions',
  'secureProtocol',
  'sessionIdContext',
  'sessionTimeout',
  'sigalgs',
  'ticketKeys',
] as const

/**
 * Security: `setSecureContext()` and `addContext()` know nothing of what came before. Without `ca` a server that asks for
 * certificates of its clients would take those of any public authority, and no more its own; without `minVersion` it would
 * speak older protocols again.
 */
function keptOf(server: Server): SecureContextOptions {
  const options = server as unknown as Record<string, unknown>
  return Object.fromEntries(
    KEPT.flatMap((name) => (options[name] === undefined ? [] : [[name, options[name]]])),
  )
}

function withKept(
  kept: SecureContextOptions,
  hosts: Record<string, SecureContextOptions>,
): Record<string, SecureContextOptions> {
  return Object.fromEntries(Object.entries(hosts).map(([name, own]) => [name, { ...kept, ...own }]))
}

/** @throws NOZOMI_CERTIFICATES */
export function assertCertificates({ hosts = {}, ...certificates }: Certificates): void {
  assertUsable(certificates, 'the certificate')
  for (const [host, own] of Object.entries(hosts)) assertUsable(own, `the certificate of the host ${host}`)
}

/** The contexts of hosts that a server has from here; what its owner added is no affair of ours. */
const contexts = new WeakMap<Server, unknown[]>()

/** Where node keeps them, with the pattern of the host. */
interface WithContexts {
  _contexts?: unknown[]
}

/** Gives hosts certificates of their own, in place of those that were given here before. */
export function setHosts(server: Server, hosts: Record<string, SecureContextOptions>): void {
  const all = (server as WithContexts)._contexts
  for (const one of contexts.get(server) ?? []) {
    const index = all?.indexOf(one) ?? -1
    if (index !== -1) all?.splice(index, 1)
  }
  const others = all?.length ?? 0
  addHosts(server, withKept(keptOf(server), hosts))
  contexts.set(server, all?.slice(others) ?? [])
}

function addHosts(server: Server, hosts: Record<string, SecureContextOptions>): void {
  // The last one that matches is taken.
  const names = Object.keys(hosts).toSorted((a, b) => Number(b.includes('*')) - Number(a.includes('*')))
  for (const name of names) server.addContext(name, hosts[name] as SecureContextOptions)
}

function assertSecure(server: unknown): asserts server is Server {
  const { setSecureContext, addContext } = (server ?? {}) as Partial<Server>
  if (typeof setSecureContext === 'function' && typeof addContext === 'function') return
  throw createError('NOZOMI_CERTIFICATES', ['this server does not speak TLS: make it with `key` and `cert`'])
}

function assertUsable(options: SecureContextOptions, what: string): void {
  const { key, cert, pfx } = options
  if (!pfx && !(key && cert)) {
    throw createError('NOZOMI_CERTIFICATES', [`${what} needs \`key\` and \`cert\`, or \`pfx\``])
  }
  try {
    createSecureContext(options)
  } catch (error) {
    throw createError('NOZOMI_CERTIFICATES', [`${what} can't be used: ${(error as Error).message}`], {
      cause: error,
    })
  }
}
