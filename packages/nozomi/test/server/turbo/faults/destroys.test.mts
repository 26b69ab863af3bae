import assert from 'node:assert/strict'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { describe, it, type TestContext } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { Client, eventually, head } from './client.mjs'
import { type Contestant, connectionsOf, listening, wires } from './contestants.mjs'

/*
 * A handler that gives an exchange up, at every stage of the request and in each way there is. What the messages say of
 * themselves before, at once, and in the end, and what they tell, is what those of node:http say and tell.
 */

interface Stage {
  sends: string
  hasContent?: boolean
  isWhole?: boolean
}

const COUNTED = head('POST /', 'Content-Length: 10')
const CHUNKED = head('POST /', 'Transfer-Encoding: chunked')

const STAGES: Record<string, Stage> = {
  'a request without a body': { sends: head('GET /'), isWhole: true },
  'a head, and nothing of its body': { sends: COUNTED },
  'a part of a body': { sends: `${COUNTED}12345`, hasContent: true },
  'a whole body': { sends: `${COUNTED}1234567890`, hasContent: true, isWhole: true },
  'a head, and no chunk': { sends: CHUNKED },
  'a chunk': { sends: `${CHUNKED}5\r\n12345\r\n`, hasContent: true },
  'all chunks': { sends: `${CHUNKED}5\r\n12345\r\n0\r\n\r\n`, hasContent: true, isWhole: true },
  'trailers, too': {
    sends: `${CHUNKED}5\r\n12345\r\n0\r\nX-One: 1\r\n\r\n`,
    hasContent: true,
    isWhole: true,
  },
}

interface Moment {
  /** Whether it comes at all. */
  comes(stage: Stage): boolean
  await(req: IncomingMessage, step: () => void): void
}

const MOMENTS: Record<string, Moment> = {
  'at once': { comes: () => true, await: (_req, step) => step() },
  'in a later turn': {
    comes: () => true,
    await: (_req, step) => void setImmediate(() => setImmediate(step)),
  },
  'at the first data': {
    comes: ({ hasContent }) => hasContent === true,
    await: (req, step) => void req.once('data', step),
  },
  'at the end': {
    comes: ({ isWhole }) => isWhole === true,
    await: (req, step) => void req.once('end', step).resume(),
  },
}

const WAYS: Record<string, (req: IncomingMessage, res: ServerResponse) => void> = {
  'req.destroy()': (req) => void req.destroy(),
  'req.destroy(error)': (req) => void req.destroy(new Error('given up')),
  'res.destroy()': (_req, res) => void res.destroy(),
  'socket.destroy()': (req) => void req.socket.destroy(),
}

for (const { over, node, turbo } of wires) {
  describe(`a handler that gives up${over}`, () => {
    for (const { title, ...exchange } of exchanges()) {
      it(title, async (t) => {
        const expected = await performance(t, node, exchange)
        assert.deepEqual(await performance(t, turbo, exchange), expected)
      })
    }
  })
}

interface Exchange {
  stage: Stage
  moment: Moment
  destroy(req: IncomingMessage, res: ServerResponse): void
}

function* exchanges(): Generator<Exchange & { title: string }> {
  for (const [got, stage] of Object.entries(STAGES)) {
    for (const [when, moment] of Object.entries(MOMENTS)) {
      if (!moment.comes(stage)) continue
      for (const [way, destroy] of Object.entries(WAYS)) {
        yield { title: `having got ${got}, ${when}, by ${way}`, stage, moment, destroy }
      }
    }
  }
}

async function performance(
  t: TestContext,
  contestant: Contestant,
  { stage, moment, destroy }: Exchange,
): Promise<string[]> {
  const trace: string[] = []
  let messages: [IncomingMessage, ServerResponse] | undefined
  const listener: RequestListener = (req, res) => {
    messages = [req, res]
    watch(trace, req, res)
    moment.await(req, () => {
      trace.push(`before: ${stateOf(req, res)}`)
      destroy(req, res)
      trace.push(`at once: ${stateOf(req, res)}`)
      // Who has destroyed a request that had come to its end may still answer it.
      setImmediate(() => void (res.destroyed || res.end('answered')))
    })
  }
  const server = contestant.create({}, listener)
  const client = await Client.open(await listening(t, server), contestant)
  client.send(stage.sends)
  await eventually(async () => client.received.includes('answered') || (await connectionsOf(server)) === 0)
  trace.push(client.received.replace(/^Date: .*$/m, 'Date: <now>'))
  client.socket.destroy()
  await eventually(async () => client.isClosed && (await connectionsOf(server)) === 0)
  // What the end of the connection sets off has happened.
  await delay(5)
  assert.ok(messages)
  trace.push(`in the end: ${stateOf(...messages)}`)
  return trace
}

function watch(trace: string[], req: IncomingMessage, res: ServerResponse): void {
  for (const name of ['end', 'aborted', 'error', 'close']) {
    req.on(name, (error?: NodeJS.ErrnoException) => {
      trace.push(`req ${name} ${error?.message ?? ''}, complete: ${req.complete}`)
    })
  }
  for (const name of ['finish', 'error', 'close']) {
    res.on(name, (error?: NodeJS.ErrnoException) => trace.push(`res ${name} ${error?.message ?? ''}`))
  }
}

function stateOf(req: IncomingMessage, res: ServerResponse): string {
  const { aborted, complete, destroyed, readableEnded, readableAborted, trailers } = req
  const { headersSent, writableEnded, writableFinished } = res
  return JSON.stringify({
    req: { aborted, complete, destroyed, readableEnded, readableAborted, trailers },
    res: { destroyed: res.destroyed, closed: res.closed, headersSent, writableEnded, writableFinished },
  })
}
