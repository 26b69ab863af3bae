import { IncomingMessage, ServerResponse } from 'node:http'
import { createContainer } from 'awilix'
import type { Principal } from '../../../domain/principal.js'
import {
  type Application,
  createApplication,
  type ErrorRequestHandler,
  type Request,
  type RequestHandler,
} from '../../../http/framework.js'
import type { Authenticator } from '../../../http/principal.js'
import { Problem } from '../../../http/problems/problem.js'
import { createRequestContext } from '../../../http/request-context.js'
import type { Log } from '../../../platform/log/log.js'
import type { Handshake, HandshakeAuthenticator } from '../../../platform/realtime/socket-session.js'

interface Outcome {
  readonly found: (principal: Principal | null) => void
  readonly failed: (error: unknown) => void
}

/**
 * Asks the shop's authenticator who opened a connection, as if it were a request: it gets one of the framework's, with
 * the fields of the handshake (the session's cookie among them), and the client's token as `Authorization`.
 */
export class RequestHandshakeAuthenticator implements HandshakeAuthenticator {
  readonly #app: Application
  readonly #outcomes = new WeakMap<IncomingMessage, Outcome>()

  /** `sessions` loads the session of a request. */
  constructor(authenticator: Authenticator, sessions: RequestHandler, log: Log) {
    const failed: ErrorRequestHandler = (error, req, _res, _next) => this.#outcomes.get(req)?.failed(error)
    this.#app = createApplication()
    this.#app.use(createRequestContext(createContainer(), log))
    this.#app.use(sessions)
    this.#app.use(async (req: Request) => {
      this.#outcomes.get(req)?.found(await authenticator.authenticate(req))
    })
    this.#app.use(failed)
  }

  async authenticate({ request, token }: Handshake): Promise<Principal | null> {
    const asked = requestOf(request, token)
    const response = new ServerResponse(asked)
    try {
      return await new Promise<Principal | null>((resolve, reject) => {
        this.#outcomes.set(asked, { found: resolve, failed: reject })
        this.#app(asked, response)
      })
    } finally {
      // Nobody writes it; whoever waits for its end lets go now.
      response.emit('close')
    }
  }

  isRefusal(error: unknown): boolean {
    return error instanceof Problem && error.status >= 400 && error.status < 500
  }
}

/** A request for each time it is asked: what an authenticator remembers of one does not last. */
function requestOf({ socket, url, headers }: IncomingMessage, token: string | null): IncomingMessage {
  const request = new IncomingMessage(socket)
  request.method = 'GET'
  request.url = url
  Object.assign(request.headers, headers, token !== null && { authorization: `Bearer ${token}` })
  return request
}
