import type { ServerResponse } from 'node:http'

/*
 * What node keeps on a response for itself, as far as we read or set it. Nothing of it is promised by node;
 * `test/server/node-internals.test.mts` watches each of these names.
 */

/** node's response as it sees itself. */
export interface OutgoingState extends ServerResponse {
  _header: string | null
  _contentLength: number | null
  _hasBody: boolean
  _last: boolean
  _sent100: boolean
  _expect_continue: boolean
  _removedConnection: boolean
  _removedContLen: boolean
  _defaultKeepAlive: boolean
  _keepAliveTimeout: number
  _maxRequestsPerSocket: number | null | undefined
  maxRequestsOnConnectionReached: boolean
  _implicitHeader(): void
  _storeHeader(line: string, fields: unknown): void
}
