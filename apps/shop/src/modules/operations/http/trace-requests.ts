import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import type { RequestHandler } from '../../../http/framework.js'
import { contextOf } from '../../../http/request-context.js'
import { routePatternOf } from '../../../http/route-pattern.js'

/** A span for each request, as a part of the trace that its sender has begun (`traceparent`) or of a new one. */
export function traceRequests(): RequestHandler {
  const tracer = trace.getTracer('shop')
  return function traceRequest(req, res, next) {
    const sender = propagation.extract(context.active(), req.headers)
    const attributes = { 'http.request.method': req.method, 'shop.request.id': contextOf(req).requestId }
    const span = tracer.startSpan(req.method, { kind: SpanKind.SERVER, attributes }, sender)
    res.once('close', () => {
      const route = routePatternOf(req)
      if (route !== null) span.updateName(`${req.method} ${route}`).setAttribute('http.route', route)
      span.setAttribute('http.response.status_code', res.statusCode)
      // By the conventions a 4xx is no error of the server.
      if (res.statusCode >= 500 || !res.writableFinished) span.setStatus({ code: SpanStatusCode.ERROR })
      span.end()
    })
    context.with(trace.setSpan(sender, span), next)
  }
}
