import { type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import pg from 'pg'

type Query = (this: unknown, ...words: unknown[]) => unknown

const TEXT_CHARACTERS = 1000

/**
 * A span for each query that goes to PostgreSQL in a trace. node-postgres has no place for this, so its methods are
 * replaced while traces are on: that of the pool, and that of a client that somebody holds for a transaction. The
 * values of a query are not in its text. Gives what undoes it.
 */
export function traceQueries(): () => void {
  const undo = [replaceQuery(pg.Pool.prototype), replaceQuery(pg.Client.prototype)]
  return () => {
    for (const each of undo) each()
  }
}

function replaceQuery(prototype: object): () => void {
  const owner = prototype as { query?: Query }
  const isOwn = Object.hasOwn(owner, 'query')
  const { query } = owner
  if (query === undefined) return () => {}
  const tracer = trace.getTracer('shop')
  owner.query = function tracedQuery(...words) {
    // Outside of a trace (the outbox looking for work) it is none of its own; with a callback it is the pool's call,
    // which has a span already.
    const isOfPool = typeof words.at(-1) === 'function'
    if (isOfPool || trace.getActiveSpan() === undefined) return query.apply(this, words)
    const text = textOf(words[0])
    const span = tracer.startSpan(`postgresql ${verbOf(text)}`, {
      kind: SpanKind.CLIENT,
      attributes: { 'db.system.name': 'postgresql', 'db.query.text': text.slice(0, TEXT_CHARACTERS) },
    })
    return endWith(span, query.apply(this, words))
  }
  return () => {
    if (isOwn) owner.query = query
    else delete owner.query
  }
}

function endWith(span: Span, result: unknown): unknown {
  if (!(result instanceof Promise)) {
    span.end()
    return result
  }
  return result.then(
    (value: unknown) => {
      span.end()
      return value
    },
    (error: unknown) => {
      span.setStatus({ code: SpanStatusCode.ERROR, message: String(error) }).end()
      throw error
    },
  )
}

function textOf(query: unknown): string {
  return typeof query === 'string' ? query : String((query as { text?: unknown } | null)?.text ?? '')
}

function verbOf(text: string): string {
  return /^\s*(\w+)/.exec(text)?.[1]?.toLowerCase() ?? 'query'
}
