import { channel } from 'node:diagnostics_channel'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { PerformanceObserver } from 'node:perf_hooks'
import { finished } from 'node:stream'
import { describe } from 'node:test'
import { alike, type Note, onEachWire } from './beside-node.mjs'
import { type Client, eventually, head } from './faults/client.mjs'

/*
 * Which events come, in which order, and what the messages say of themselves then.
 */

function watch(req: IncomingMessage, res: ServerResponse, note: Note): void {
  const state = () =>
    [
      req.complete,
      req.destroyed,
      req.readableEnded,
      req.aborted,
      res.headersSent,
      res.writableEnded,
      res.writableFinished,
      res.destroyed,
      res.closed,
      res.socket !== null,
    ]
      .map(Number)
      .join('')
  for (const event of ['end', 'close', 'aborted', 'error', 'pause', 'resume']) {
    req.on(event, () => note(`req ${event} ${state()}`))
  }
  for (const event of ['prefinish', 'finish', 'close', 'error', 'drain', 'pipe']) {
    res.on(event, () => note(`res ${event} ${state()}`))
  }
}

const oneRequest = (client: Client) =>
  client.send(`${head('POST /1', 'Content-Length: 3', 'Connection: close')}abc`).end()

onEachWire('the events of an exchange', ({ alike }) => {
  alike('come when the body is read, and then answered', {
    listener: (note) => (req, res) => {
      watch(req, res, note)
      req.on('data', (chunk) => note(`data ${chunk}`)).on('end', () => res.end('x'))
    },
    talk: (client) => oneRequest(client),
  })

  alike('come when nobody reads the body', {
    listener: (note) => (req, res) => {
      watch(req, res, note)
      setImmediate(() => res.end('x'))
    },
    talk: (client) => oneRequest(client),
  })

  alike('come when it is answered in pieces', {
    listener: (note) => (req, res) => {
      watch(req, res, note)
      req.resume()
      res.write('a')
      setImmediate(() => res.end('b'))
    },
    talk: (client) => oneRequest(client),
  })

  alike('are told to stream.finished', {
    listener: (note) => (req, res) => {
      finished(req, (error) => note(`request finished ${error}`))
      finished(res, (error) => note(`response finished ${error}`))
      res.end('x')
    },
    talk: (client) => oneRequest(client),
  })

  alike('come when a handler iterates over the body', {
    listener: (note) => async (req, res) => {
      for await (const chunk of req) note(String(chunk))
      note(`complete ${req.complete}`)
      res.end('x')
    },
    talk: (client) => oneRequest(client),
  })

  alike('come when the response is destroyed', {
    listener: (note) => (req, res) => {
      watch(req, res, note)
      res.write('a')
      setImmediate(() => res.destroy())
    },
    talk: (client) => client.send(head('GET /')).end(),
  })

  for (const [what, destroy] of [
    ['request', (req: IncomingMessage) => req.destroy()],
    ['response', (_req: IncomingMessage, res: ServerResponse) => res.destroy()],
  ] as const) {
    alike(`come when the ${what} is destroyed behind the end of the answer, which arrives`, {
      listener: (note) => (req, res) => {
        res.on('finish', () => note('finish'))
        res.end('refused')
        destroy(req, res)
      },
      talk: (client) => oneRequest(client),
    })
  }

  alike('let an answer leave that is destroyed at its prefinish', {
    listener: (note) => (_req, res) => {
      res.on('prefinish', () => res.destroy()).on('close', () => note('close'))
      res.end('sent')
    },
    talk: (client) => client.send(head('GET /')).end(),
  })

  alike('come when something is written after the end', {
    listener: (note) => (_req, res) => {
      res.on('error', (error) => note(String((error as NodeJS.ErrnoException).code)))
      res.end('x')
      res.write('y')
    },
    talk: (client) => client.send(head('GET /', 'Connection: close')).end(),
  })
})

onEachWire('server.closeIdleConnections()', ({ alike }) => {
  for (const [what, sent] of [
    ['has never sent anything', ''],
    ['has sent a piece of its first head', 'GET / HT'],
    ['has sent a request', head('GET /')],
    ['has sent a request, and a piece of the next head', `${head('GET /')}GET / HT`],
    ['has sent an empty line', '\r\n'],
  ] as const) {
    alike(`closes a connection that ${what}, or leaves it`, {
      listener: () => (_req, res) => void res.end('x'),
      async talk(client, server) {
        client.send(sent)
        await new Promise((resolve) => setTimeout(resolve, 30))
        server.closeIdleConnections()
        await new Promise((resolve) => setTimeout(resolve, 30))
        return client.isClosed
      },
    })
  }
})

describe('the entries of perf_hooks', () => {
  alike('tell of each exchange', {
    listener: () => (req, res) => {
      if (req.url === '/pieces') res.write('x')
      res.end('y')
    },
    async talk(client) {
      const details: unknown[] = []
      const observer = new PerformanceObserver((list) => {
        for (const entry of list.getEntries())
          details.push([entry.name, (entry as { detail?: unknown }).detail])
      })
      observer.observe({ entryTypes: ['http'] })
      await client.send(head('GET /whole')).until('\r\n\r\ny')
      await client.send(head('GET /pieces', 'Connection: close')).end()
      await eventually(() => details.length === 2)
      observer.disconnect()
      return details
    },
  })
})

describe('the diagnostics channels of http', () => {
  alike('are told of the start and the end of each exchange', {
    prepare(server, note) {
      for (const name of ['http.server.request.start', 'http.server.response.finish']) {
        channel(name).subscribe((message) => {
          const about = message as Record<string, unknown>
          if (about['server'] !== server) return
          const { url } = about['request'] as IncomingMessage
          note(`${name} ${url} ${Object.keys(about).toSorted().join()}`)
        })
      }
    },
    listener: () => (_req, res) => void res.end('x'),
    talk: (client) => oneRequest(client),
  })
})
