import http, { type RequestListener, type Server } from 'node:http'
import https from 'node:https'
import { createError } from '../errors/catalogue.js'
import { answerContinueLate, createNodeServer, type MessageClasses } from './node.js'
import type { CertificateFiles } from '../types/application-members.js'
import { followCertificateFiles, readCertificateFiles } from './https/certificate-files.js'
import { createHttp2Server } from './http2/http2-server.js'
import { SecureTurboServer, TurboServer } from './turbo/server.js'

/*
 * Which server carries an application, by its name.
 */

/** `node`: node:http, the default. `turbo`: our own HTTP/1.1. `http2`: node:http2, and HTTP/1.1 beside it where there is TLS. */
export type ServerName = 'node' | 'turbo' | 'http2'

const NAMES: readonly string[] = ['node', 'turbo', 'http2'] satisfies ServerName[]

export interface ServerChoice {
  server?: ServerName | undefined
  certificateFiles?: CertificateFiles | undefined
  [option: string]: unknown
}

/** Options of which one is enough to know that the server speaks TLS. */
const SECURE_OPTIONS = ['key', 'cert', 'pfx', 'SNICallback', 'secureContext', 'ticketKeys'] as const

/** Whether options ask for a server of their own, and so are not those of `server.listen()` alone. */
export function isServerChoice(options: object): options is ServerChoice {
  return (
    'server' in options ||
    'certificateFiles' in options ||
    SECURE_OPTIONS.some((option) => (options as ServerChoice)[option] !== undefined)
  )
}

/** The name of the server to use: as given, else as the environment variable NOZOMI_SERVER has it, else `node`. */
export function serverName(given: unknown): ServerName {
  if (given !== undefined) return assertServerName(given, 'the option `server`')
  const { NOZOMI_SERVER: named } = process.env
  return assertServerName(named || 'node', 'the environment variable NOZOMI_SERVER')
}

function assertServerName(name: unknown, source: string): ServerName {
  if (NAMES.includes(name as string)) return name as ServerName
  throw createError('NOZOMI_SERVER_UNKNOWN', [String(name), source])
}

/**
 * A server for one application, or for a listener that has no classes of its own; with a key or a certificate among the
 * options, one that speaks TLS.
 *
 * @throws NOZOMI_SERVER_UNKNOWN; NOZOMI_CERTIFICATES
 */
export function createServerFor(
  classes: MessageClasses | undefined,
  listener: RequestListener,
  { server: name, certificateFiles, ...options }: ServerChoice = {},
): Server | https.Server {
  const chosen = serverName(name)
  if (certificateFiles === undefined) return makeServer(chosen, classes, listener, options)
  const { hosts, ...loaded } = readCertificateFiles(certificateFiles)
  const server = makeServer(chosen, classes, listener, { ...options, ...loaded })
  followCertificateFiles(server as https.Server, certificateFiles, { hosts, ...loaded })
  return server
}

function makeServer(
  chosen: ServerName,
  classes: MessageClasses | undefined,
  listener: RequestListener,
  options: Record<string, unknown>,
): Server | https.Server {
  const isSecure = SECURE_OPTIONS.some((option) => options[option] !== undefined)
  // Not of node:http's classes; where the two differ for who holds one, the docs say so.
  if (chosen === 'http2') return createHttp2Server(classes, listener, options, isSecure) as unknown as Server
  if (chosen === 'turbo') {
    const messages = classes ?? options
    const server = isSecure ? new SecureTurboServer(options, messages) : new TurboServer(options, messages)
    return server.on('request', listener)
  }
  if (!classes) return isSecure ? https.createServer(options, listener) : http.createServer(options, listener)
  return isSecure
    ? secureNodeServer(classes, listener, options)
    : createNodeServer(classes, listener, options)
}

function secureNodeServer(classes: MessageClasses, listener: RequestListener, options: object): https.Server {
  const { IncomingMessage, ServerResponse } = classes
  const server = https.createServer({ ...options, IncomingMessage, ServerResponse } as never, listener)
  answerContinueLate(server as unknown as http.Server, classes)
  return server
}
