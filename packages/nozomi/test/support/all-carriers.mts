import { createServer as createHttp2Server } from 'node:http2'
import type { TestContext } from 'node:test'
import express from 'express'
import nozomi from 'nozomi'
import { clientOf } from '../server/http2/http2-client.mjs'
import { type Gateway, gateways } from '../server/lambda/gateways.mjs'
import { type Ask, askStream, carriers } from '../web/carriers.mjs'
import { serve } from './serve.mjs'

/** A way to an application, and whether its client can go away while it waits. */
export interface Way {
  readonly name: string
  readonly canLeave: boolean
  ask(t: TestContext, app: unknown): Promise<Ask>
}

/** Every way that a request can take to an application: by servers of ours and of others, and by none. */
export const ALL_WAYS: readonly Way[] = [
  ...Object.entries(carriers).map(([name, ask]) => ({ name, canLeave: true, ask })),
  { name: 'http.createServer(app)', canLeave: true, ask: (t, app) => overForeign(t, app) },
  {
    name: 'a server with other listeners, whose messages are its own',
    canLeave: true,
    ask: (t, app) => overForeign(t, (...args: never[]) => (app as (...all: never[]) => void)(...args)),
  },
  {
    name: 'mounted in stock Express',
    canLeave: true,
    ask: (t, app) => overForeign(t, express().use(app as never)),
  },
  {
    name: 'http2.createServer(app)',
    canLeave: true,
    ask: async (t, app) => {
      const server = createHttp2Server(app as never).listen(0, '127.0.0.1')
      const { open } = await clientOf(t, server as never)
      return (path, init) => askStream(open, path, init)
    },
  },
  { name: 'lambda', canLeave: false, ask: async (_t, app) => askLambda(app) },
]

async function overForeign(t: TestContext, listener: unknown): Promise<Ask> {
  const { port } = await serve(t, listener)
  return (path, init) => fetch(`http://127.0.0.1:${port}${path}`, init)
}

function askLambda(app: unknown): Ask {
  const gateway = gateways['an HTTP API'] as Gateway
  const handler = nozomi.lambda(app as never)
  return async (path, init) => {
    const event = gateway.event({ path, method: init?.method ?? 'GET' })
    const got = gateway.got(await handler(event, {}))
    return new Response(got.body as never, { status: got.status })
  }
}
