import type { TLSSocket } from 'node:tls'
import { ExchangeSocket, type SocketOwner } from '../exchange/exchange-socket.js'
import type { Http2Connection } from './connection.js'

/*
 * `req.socket` over HTTP/2. The connection carries other requests too, so what ends or writes to it stays with this
 * exchange; what asks about it is answered by the connection.
 */

export class StreamSocket extends ExchangeSocket {
  /** As on the sockets of node's servers. */
  readonly server: object

  constructor(connection: Http2Connection, owner: SocketOwner) {
    super(connection, owner)
    this.server = connection.server
  }
}

/** That of a connection over TLS: answers for a `tls.TLSSocket`. */
export class SecureStreamSocket extends StreamSocket {
  readonly #connection: Http2Connection

  constructor(connection: Http2Connection, owner: SocketOwner) {
    super(connection, owner)
    this.#connection = connection
  }

  get alpnProtocol(): string {
    return 'h2'
  }

  get authorized(): boolean {
    return this.#connection.tls?.authorized ?? false
  }

  get authorizationError(): Error | undefined {
    return this.#connection.tls?.authorizationError
  }

  /** The name that the client asked for, by SNI. */
  get servername(): string | false | undefined {
    return (this.#connection.tls as { servername?: string | false } | undefined)?.servername
  }

  getPeerCertificate(isDetailed?: boolean): unknown {
    return this.#ask('getPeerCertificate', isDetailed) ?? {}
  }

  getPeerX509Certificate(): unknown {
    return this.#ask('getPeerX509Certificate')
  }

  getCertificate(): unknown {
    return this.#ask('getCertificate') ?? {}
  }

  getX509Certificate(): unknown {
    return this.#ask('getX509Certificate')
  }

  getCipher(): unknown {
    return this.#ask('getCipher')
  }

  getProtocol(): unknown {
    return this.#ask('getProtocol') ?? null
  }

  getEphemeralKeyInfo(): unknown {
    return this.#ask('getEphemeralKeyInfo') ?? null
  }

  getSession(): unknown {
    return this.#ask('getSession')
  }

  isSessionReused(): unknown {
    return this.#ask('isSessionReused') ?? false
  }

  #ask(name: keyof TLSSocket, ...args: unknown[]): unknown {
    const { tls } = this.#connection
    return (tls?.[name] as ((...values: unknown[]) => unknown) | undefined)?.apply(tls, args)
  }
}
