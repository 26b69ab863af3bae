import { IncomingMessage, ServerResponse } from 'node:http'
import { carrier, type Carrier } from './carrier.js'
import { carriedRequestOverrides } from './carried-request.js'
import { bodyBytes, createContentLengthOverrides, promisedBytes } from './content-length.js'
import { defineOverrides } from './define-members.js'
import { createInterimOverrides } from './interim-answers.js'
import { createTrailerOverrides } from './trailer-fields.js'

/*
 * Messages for listeners that are no application: node's, with what a carrier needs.
 */

export class PlainRequest extends IncomingMessage {
  [carrier]: Carrier | null = null
}

export class PlainResponse extends ServerResponse {
  [bodyBytes] = 0;
  [promisedBytes]: number | undefined = undefined;
  [carrier]: Carrier | null = null
}

defineOverrides(PlainRequest.prototype, carriedRequestOverrides)
for (const create of [createContentLengthOverrides, createInterimOverrides, createTrailerOverrides]) {
  defineOverrides(PlainResponse.prototype, create(nodeMethod))
}

function nodeMethod(name: string): (...args: never[]) => unknown {
  return (ServerResponse.prototype as unknown as Record<string, (...args: never[]) => unknown>)[name]!
}
