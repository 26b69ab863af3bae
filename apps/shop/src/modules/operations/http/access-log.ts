import morgan from 'morgan'
import type { Logger } from 'pino'
import { pinoHttp } from 'pino-http'
import type { Request, RequestHandler, Response } from '../../../http/framework.js'
import { contextOf } from '../../../http/request-context.js'
import { routePatternOf } from '../../../http/route-pattern.js'
import { shownAddress } from './shown-address.js'

/** Whoever asks for these does so every few seconds, for ever. */
function isProbe(req: Request): boolean {
  return req.originalUrl.startsWith('/health/') || req.originalUrl.startsWith('/metrics')
}

/** For people: a line a request in the log of the request, by morgan. */
export function createReadableAccessLog(): RequestHandler {
  const write = morgan<Request, Response>((tokens, req, res) => {
    const { log } = contextOf(req)
    const status = tokens.status?.(req, res) ?? '-'
    const time = tokens['response-time']?.(req, res, 1) ?? '-'
    const line = `${req.method} ${shownAddress(req.originalUrl)} ${status} ${time} ms`
    if (isProbe(req)) log.debug(line)
    else log.info(line)
    // Nothing is left for morgan to write.
    return undefined
  })
  return write as RequestHandler
}

/** For machines: a line a request with its parts in fields, by pino-http. */
export function createJsonAccessLog(logger: Logger): RequestHandler {
  const handle = pinoHttp<Request, Response>({
    logger,
    genReqId: (req) => contextOf(req).requestId,
    wrapSerializers: false,
    serializers: { req: showRequest, res: (res: Response) => ({ status: res.statusCode }) },
    customLogLevel: (req, res, error) => {
      if (error !== undefined || res.statusCode >= 500) return 'error'
      return isProbe(req) ? 'debug' : 'info'
    },
    customSuccessMessage: () => 'request answered',
    customErrorMessage: (_req, res) => (res.writableFinished ? 'request answered' : 'request aborted'),
    customSuccessObject: (req, _res, value: object) => ({ ...value, ...fieldsOf(req) }),
    customErrorObject: (req, _res, _error, value: object) => ({ ...value, ...fieldsOf(req) }),
  })
  return handle as unknown as RequestHandler
}

/** Security: no fields; there are passwords, tokens and cookies in them. */
function showRequest(req: Request): object {
  return { method: req.method, address: shownAddress(req.originalUrl), from: req.socket.remoteAddress }
}

function fieldsOf(req: Request): object {
  return { ...contextOf(req).logFields, route: routePatternOf(req), ip: req.ip }
}
