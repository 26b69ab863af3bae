import type { IncomingMessage, ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import type { Carrier } from './carrier.js'
import {
  functionUrl,
  type Gateway,
  httpApi,
  loadBalancer,
  type Received,
  restApi,
} from './lambda-gateways.js'
import { lineOf } from './node-carriers.js'
import { hasBody, pairsOf, relay, subject } from './relay.js'
import { secureReference } from './tls-carriers.js'

/*
 * `nozomi.lambda(app)`: a request becomes an event, the function is called with it, and its result becomes an answer.
 * Whoever asks AWS does so over TLS, so Express is behind TLS as well.
 */

export const lambdaCarriers: readonly Carrier[] = [
  buffered('lambda-rest', restApi),
  buffered('lambda-http', httpApi),
  buffered('lambda-balancer', loadBalancer),
  {
    name: 'lambda-url',
    isRelayed: true,
    reference: secureReference,
    open: (app) => {
      const handler = streamingHandlerOf(() => subject().lambda(app, { streaming: true }))
      return lineOf(
        relay(async (req, res) => {
          await handler(functionUrl.eventOf(await receive(req)), new AnswerStream(res), {})
        }),
      )
    },
  },
]

function buffered(name: string, { eventOf, answerOf }: Gateway): Carrier {
  return {
    name,
    isRelayed: true,
    reference: secureReference,
    open: (app) => {
      const handler = subject().lambda(app)
      return lineOf(
        relay(async (req, res) => {
          const result = await handler(eventOf(await receive(req)), {})
          const { status, reason, fields, body } = answerOf(result as never)
          // Apart from the end, so that node adds no length: it is to be seen whether the application did.
          res.writeHead(status, reason, fields.flat())
          res.end(body)
        }),
      )
    },
  }
}

async function receive(req: IncomingMessage): Promise<Received> {
  return {
    method: req.method as string,
    target: req.url as string,
    fields: pairsOf(req.rawHeaders),
    body: hasBody(req) ? await buffer(req) : null,
    ip: req.socket.remoteAddress as string,
  }
}

type StreamingHandler = (event: object, stream: AnswerStream, context: object) => Promise<void>

/** Where AWS's runtime has its global, a handler is made with it. */
function streamingHandlerOf(make: () => unknown): StreamingHandler {
  const global = globalThis as { awslambda?: object }
  global.awslambda = {
    streamifyResponse: (handler: StreamingHandler) => handler,
    HttpResponseStream: { from: (stream: AnswerStream, head: object) => stream.withHead(head) },
  }
  try {
    return make() as StreamingHandler
  } finally {
    delete global.awslambda
  }
}

/** The stream that AWS's runtime hands to a function: no stream of node's, but an object with some of its members. */
class AnswerStream {
  readonly #res: ServerResponse
  #head: object | null = null

  constructor(res: ServerResponse) {
    this.#res = res
  }

  withHead(head: object): this {
    this.#head = head
    return this
  }

  get writableFinished(): boolean {
    return this.#res.writableFinished
  }

  /** The head leaves with the first piece. */
  write(bytes: Uint8Array): boolean {
    if (this.#head !== null) {
      const { status, fields } = functionUrl.answerOf(this.#head as never)
      this.#head = null
      this.#res.writeHead(status, fields.flat())
    }
    return bytes.length === 0 || this.#res.write(bytes)
  }

  end(callback: () => void): void {
    this.#res.end(callback)
  }

  on(name: string, listener: () => void): void {
    this.#res.on(name, listener)
  }

  once(name: string, listener: () => void): void {
    this.#res.once(name, listener)
  }
}
