import type { EventEmitter } from 'node:events'
import type { Server } from 'node:http'
import type { SecureServerOptions } from 'node:http2'
import type { ListenOptions } from 'node:net'
import type { SecureContextOptions, TlsOptions } from 'node:tls'
import type { Locals } from './namespace.js'
import type { SettingName } from './settings.js'

/** A template engine: renders the file and calls back. `require('ejs').renderFile` is one. */
export type ViewEngine = (
  path: string,
  options: object,
  callback: (e: any, rendered?: string) => void,
) => void

/** Which server carries an application. */
export interface ServerChoice {
  /**
   * `'node'`: node:http. `'turbo'`: our own HTTP/1.1 server. `'http2'`: HTTP/2 by node:http2; with `key` and `cert` over
   * TLS, and HTTP/1.1 for clients that know no other, else h2c. Default: the environment variable `NOZOMI_SERVER`, or else
   * `'node'`.
   */
  server?: 'node' | 'turbo' | 'http2' | undefined
  /** Files with the certificates of a server that speaks TLS, which are read again as they change. */
  certificateFiles?: CertificateFiles | undefined
}

/** Where a certificate is. */
export interface CertificateFile {
  /** Path of the private key, as PEM. */
  key: string | URL
  /** Path of the certificate, as PEM, with those of the authorities between it and the root behind it. */
  cert: string | URL
  passphrase?: string | undefined
}

/** Where the certificates of a server are. */
export interface CertificateFiles extends CertificateFile {
  /** Those of other hosts, chosen by the name that a client asks for (SNI). */
  hosts?: Record<string, CertificateFile> | undefined
  /** How often the files are read again, in milliseconds; 0: when `reloadCertificates(server)` is called. Default: 10,000. */
  checkInterval?: number | undefined
}

/** Certificates themselves. */
export interface Certificates extends SecureContextOptions {
  /** By the name that a client asks for (SNI). `*.example.org` stands for one label; a name in full goes before it. */
  hosts?: Record<string, SecureContextOptions> | undefined
}

/** What `server: 'http2'` limits, beside what node's options limit. Each has a default. */
export interface Http2Limits {
  /** How many requests a client may take back at once, before the connection is ended. Default: 200. */
  streamResetBurst?: number | undefined
  /** How many more of these it may each second. Default: 33. */
  streamResetRate?: number | undefined
  /** How many PING and SETTINGS frames a client may send at once. Default: 500. */
  controlFrameBurst?: number | undefined
  /** How many more of these it may each second. Default: 50. */
  controlFrameRate?: number | undefined
  /** After how many milliseconds without a request a connection is closed; 0: never. Default: 75,000. */
  sessionIdleTimeout?: number | undefined
  /** Within how many milliseconds all of a request must have come; 0: no limit. Default: 300,000. */
  requestTimeout?: number | undefined
  /** How often that is looked at, in milliseconds. Default: 30,000. */
  connectionsCheckingInterval?: number | undefined
}

/** Options of `server: 'http2'`: node's for HTTP/2 and TLS, and the limits that are ours. */
export type Http2ListenOptions = {
  server: 'http2'
  certificateFiles?: CertificateFiles | undefined
} & Http2Limits &
  Omit<SecureServerOptions, keyof Http2Limits>

type Listening = (error?: Error) => void

/**
 * All of an application that names neither request nor response nor another application.
 *
 * @see https://expressjs.com/en/5x/api/application/
 */
export interface ApplicationMembers<LocalsObj extends Record<string, any>>
  extends EventEmitter,
    Express.Application {
  /** @deprecated Sets the application up; ran when it was made. */
  init(): void

  /** @deprecated Sets every setting to its default; ran when the application was made. */
  defaultConfiguration(): void

  /**
   * Which engine renders views with this extension. Without it, the module of that name is loaded and its `__express`
   * used.
   *
   * @example
   * app.engine('html', require('ejs').renderFile)
   */
  engine(ext: string, fn: ViewEngine): this

  /** Sets a setting. Mounted applications inherit what they have not set themselves. */
  set(setting: SettingName, val: any): this

  /** Whether the setting is truthy. */
  enabled(setting: SettingName): boolean

  /** Whether the setting is falsy. */
  disabled(setting: SettingName): boolean

  /** Sets the setting to `true`. */
  enable(setting: SettingName): this

  /** Sets the setting to `false`. */
  disable(setting: SettingName): this

  /** The path where the application is mounted, through all its parents; `''` where it isn't. */
  path(): string

  /** Renders a view with `app.locals` and the options, and calls back with the text. */
  render(name: string, callback: (err: Error, html: string) => void): void
  render(name: string, options?: object, callback?: (err: Error, html: string) => void): void

  /**
   * Starts an HTTP server on a port (0: any free one), a path of a Unix socket, or whatever else node's
   * `server.listen()` takes. The callback is called once: listening, or with the error that prevented it.
   *
   * @example
   * app.listen({ port: 3000, host: '127.0.0.1' }, (error) => {
   *   if (error) throw error
   * })
   */
  listen(port: number, hostname: string, backlog: number, callback?: Listening): Server
  listen(port: number, hostname: string, callback?: Listening): Server
  listen(port: number, callback?: Listening): Server
  listen(callback?: Listening): Server
  listen(path: string, callback?: Listening): Server
  listen(options: ListenOptions & Http2ListenOptions, callback?: Listening): Server
  listen(options: ListenOptions & ServerChoice & Partial<TlsOptions>, callback?: Listening): Server
  listen(handle: unknown, callback?: Listening): Server

  /** All settings, those of parents by inheritance. Prefer `set()` and `get()`: they compile what must be compiled. */
  settings: any

  /** @deprecated Declared by @types/express; absent since Express 3. */
  resource: any

  /** @deprecated Declared by @types/express; absent since Express 3. */
  map: any

  /** @deprecated Declared by @types/express; absent since Express 4. See `router.stack`. */
  routes: any

  /** Values for all views of the application; `settings` is one of them. */
  locals: LocalsObj & Locals

  /**
   * The same as `router`, where Express 4 had it.
   *
   * Differs from Express: Express 5 has none.
   */
  _router: any

  /** The path or paths where the application is mounted; `'/'` where it isn't. */
  mountpath: string | string[]
}
