import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer, IncomingMessage, type RequestListener, ServerResponse } from 'node:http'
import { connect as connectHttp2, createServer as createHttp2Server } from 'node:http2'
import { createServer as createSecureServer } from 'node:https'
import { type AddressInfo, connect, createServer as createConnectionServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { serve, serveOn } from '../support/serve.mjs'

/*
 * What we take from node that its documentation does not promise. Each is tried on node alone, so that a release of
 * node which renames one, or gives it another meaning, is told from a mistake of ours.
 */

type Internals = Record<string | symbol, unknown>

/** The names of node that the sources may use, because a test below watches them. */
const WATCHED = {
  underscored: [
    '_addHeaderLines',
    '_closed',
    '_consuming',
    '_contentLength',
    '_defaultKeepAlive',
    '_destroy',
    '_dump',
    '_dumped',
    '_events',
    '_eventsCount',
    '_expect_continue',
    '_finish',
    '_flush',
    '_handle',
    '_hasBody',
    '_header',
    '_headerSent',
    '_httpMessage',
    '_implicitHeader',
    '_keepAliveTimeout',
    '_last',
    '_maxRequestsPerSocket',
    '_onPendingData',
    '_read',
    '_readableState',
    '_removedConnection',
    '_removedContLen',
    '_sent100',
    '_storeHeader',
    '_trailer',
    '_write',
    '_writeRaw',
    '_writev',
  ],
  // 'timeout' is the name of an event, too. The two in the middle came with Node 24.
  symbols: [
    'IncomingMessage',
    'ServerResponse',
    'kBuffer',
    'kBufferCb',
    'kEndCallbacks',
    'kNeedDrain',
    'kOutHeaders',
    'kUniqueHeaders',
    'kWritableFinished',
    'timeout',
  ],
}

const BUILT = fileURLToPath(new URL('../../../dist/', import.meta.url))

/** Says which name is gone, and who needs it. */
function promised(holds: boolean, name: string, meaning: string, user: string): void {
  assert.ok(holds, `Node ${process.version}: ${name} is no longer ${meaning}, which ${user} relies on`)
}

function symbolOf(holder: object, name: string): symbol | undefined {
  return Object.getOwnPropertySymbols(holder).find(({ description }) => description === name)
}

/** Sends one request to a server of node's own, and gives what its listener returned. */
async function onNode<T>(t: TestContext, listener: (...args: Parameters<RequestListener>) => T): Promise<T> {
  let seen: T | undefined
  const client = await serve(t, (...args: Parameters<RequestListener>) => {
    seen = listener(...args)
  })
  await client.raw('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')
  return seen as T
}

describe('node still', () => {
  const adoption = 'the adoption of servers in src/server/node.ts'

  for (const [module, create] of [
    ['http', () => createServer()],
    ['https', () => createSecureServer()],
  ] as const) {
    it(`keeps the classes of messages under two symbols of a server of ${module}`, () => {
      const server = create() as unknown as Internals
      for (const [name, ownClass] of Object.entries({ IncomingMessage, ServerResponse })) {
        const slots = Object.getOwnPropertySymbols(server).filter(({ description }) => description === name)
        const isSlot = slots.length === 1 && server[slots[0] as symbol] === ownClass
        promised(isSlot, `server[Symbol(${name})]`, `where an ${module} server keeps its ${name}`, adoption)
      }
    })
  }

  it('makes the messages of HTTP/2 by a listener for newListener, and none without it', async (t) => {
    for (const isRemoved of [false, true]) {
      const server = createHttp2Server()
      if (isRemoved) server.removeAllListeners('newListener')
      let requests = 0
      server.on('request', () => requests++)
      server.on('stream', (stream) => {
        stream.respond()
        stream.end()
      })
      server.listen(0, '127.0.0.1')
      await once(server, 'listening')
      const session = connectHttp2(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
      t.after(() => {
        session.destroy()
        server.close()
      })
      await once(session.request().resume(), 'close')
      const user = 'the making of exchanges in src/server/http2/http2-server.ts'
      promised(
        requests === (isRemoved ? 0 : 1),
        "server.listeners('newListener')",
        'what makes requests',
        user,
      )
    }
  })

  it('constructs messages of the classes that these symbols hold, a response with its options', async (t) => {
    class Request extends IncomingMessage {}
    class Response extends ServerResponse {
      readonly given: unknown[]
      constructor(...given: [IncomingMessage]) {
        super(...given)
        this.given = given
      }
    }
    const messages: { req: IncomingMessage; res: ServerResponse }[] = []
    const server = createServer({ highWaterMark: 4321 }, (req, res) => {
      messages.push({ req, res })
      res.end()
    })
    const replacements = { IncomingMessage: Request, ServerResponse: Response }
    for (const [name, replacement] of Object.entries(replacements)) {
      const slot = symbolOf(server, name)
      if (slot) (server as unknown as Internals)[slot] = replacement
    }
    await (await serveOn(t, server)).get('/')
    const [{ req, res } = {}] = messages
    promised(
      req instanceof Request,
      'server[Symbol(IncomingMessage)]',
      'the class that requests are made of',
      adoption,
    )
    promised(
      res instanceof Response,
      'server[Symbol(ServerResponse)]',
      'the class that responses are made of',
      adoption,
    )
    const [owner, options] = (res as Response).given as [unknown, { highWaterMark?: number } | undefined]
    const isPassed = owner === req && options?.highWaterMark === 4321
    promised(
      isPassed,
      'new ServerResponse(req, options)',
      'how it is called',
      'src/response/response-class.ts',
    )
  })

  it('leads from a socket to its server', async (t) => {
    const server = createServer((req, res) =>
      res.end(String((req.socket as Internals & Socket)['server'] === server)),
    )
    const { body } = await (await serveOn(t, server)).get('/')
    const users = 'src/application/entering.ts (as src/files/other-spellings.ts)'
    promised(body === 'true', 'socket.server', 'the server that accepted it', users)
  })

  it('keeps the head that it sent in res._header', async (t) => {
    const [before, after] = await onNode(t, (_req, res) => {
      const internals = res as unknown as Internals
      const unsent = internals['_header']
      res.writeHead(200, { 'Content-Length': 5 }).end('12345')
      return [unsent, internals['_header']]
    })
    const isHead = before === null && /\r\ncontent-length: 5\r\n/i.test(String(after))
    promised(isHead, 'res._header', 'null, then the text of the head', 'src/response/content-length.ts')
  })

  const fields = 'the short way in src/messages/node-fields.ts'

  it('keeps the fields of a response under a symbol, and sends what is put there', async (t) => {
    const node = await serve(t, (_req: IncomingMessage, res: ServerResponse) => {
      const symbol = symbolOf(res, 'kOutHeaders')
      const record = () => (symbol ? (res as unknown as Internals)[symbol] : undefined) as Internals | null
      const unset = record()
      res.setHeader('X-One', 'a')
      const stored = record()?.['x-one']
      Object.assign(record() ?? {}, { 'x-two': ['X-Two', 'b'] })
      res.end(JSON.stringify([unset, stored]))
    })
    const { body, rawHeaders } = await node.get('/')
    const isRecord = body === '[null,["X-One","a"]]' && rawHeaders[rawHeaders.indexOf('X-Two') + 1] === 'b'
    promised(isRecord, 'res[Symbol(kOutHeaders)]', 'null, then { name: [Name, value] }', fields)
  })

  it('notes in res._contentLength the length that the head names, however it was set', async (t) => {
    const ways: ((res: ServerResponse) => unknown)[] = [
      (res) => res.writeHead(200, { 'CONTENT-length': '5' }),
      (res) => res.writeHead(200, ['content-length', '5']),
      (res) => res.setHeader('Content-Length', 5).flushHeaders(),
      (res) => res.flushHeaders(),
      (res) => res.writeHead(200, { 'Transfer-Encoding': 'chunked' }),
    ]
    const noted = []
    for (const way of ways) {
      noted.push(
        await onNode(t, (_req, res) => {
          way(res)
          const { _contentLength: length } = res as unknown as { _contentLength: unknown }
          res.destroy()
          return length
        }),
      )
    }
    const isNoted = String(noted) === String([5, 5, 5, null, null])
    promised(
      isNoted,
      'res._contentLength',
      'the length in the head, or null',
      'src/response/content-length.ts',
    )
  })

  it('says in res._hasBody whether a body will be sent', async (t) => {
    const seen: Record<string, unknown> = {}
    const client = await serve(t, (req: IncomingMessage, res: ServerResponse) => {
      seen[req.method as string] = (res as unknown as Internals)['_hasBody']
      res.end()
    })
    await client.get('/')
    await client.get('/', { method: 'HEAD' })
    const says = seen['GET'] === true && seen['HEAD'] === false
    promised(says, 'res._hasBody', 'true for GET and false for HEAD', 'src/response/content-length.ts')
  })

  it('closes the connection after an answer whose res._last is set', async (t) => {
    let before: unknown
    const client = await serve(t, (_req: IncomingMessage, res: ServerResponse) => {
      res.writeHead(200, { 'Content-Length': 0 })
      before = (res as unknown as Internals)['_last']
      Object.assign(res, { _last: true })
      res.end()
    })
    const request = 'GET / HTTP/1.1\r\nHost: x\r\n\r\n'
    const answers = client.raw(request + request)
    const closed = await Promise.race([answers, setTimeout(2000, null, { ref: false })])
    const isObeyed = before === false && closed !== null && String(closed).split('HTTP/1.1').length === 2
    promised(isObeyed, 'res._last', 'what ends a connection that was kept', 'src/response/content-length.ts')
  })

  it('calls req._read() when somebody starts to read the body, and not before', async (t) => {
    const steps: string[] = []
    class Request extends IncomingMessage {
      override _read(size: number): void {
        steps.push('_read')
        super._read(size)
      }
    }
    const server = createServer({ IncomingMessage: Request }, (req, res) => {
      setImmediate(() => {
        steps.push('reading')
        req.resume()
        setImmediate(() => res.setHeader('Connection', 'close').end())
      })
    })
    // The body never comes: bytes that arrive make the stream ask for more, whoever reads it.
    const client = await serveOn(t, server)
    await client.raw('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\n')
    const isAsked = steps[0] === 'reading' && steps[1] === '_read'
    promised(isAsked, 'req._read()', 'the start of reading a body', 'src/request/continue.ts')
  })

  it('keeps the options of its context on a TLS server, under their names', () => {
    const given = { minVersion: 'TLSv1.3', maxVersion: 'TLSv1.3', ciphers: 'TLS_AES_128_GCM_SHA256' } as const
    const server = createSecureServer({ ...given, sessionTimeout: 17 })
    const { minVersion, maxVersion, ciphers, sessionTimeout } = server as unknown as Internals
    promised(
      String([minVersion, maxVersion, ciphers, sessionTimeout]) === String([...Object.values(given), 17]),
      'server.minVersion, server.ca and the like',
      'where a TLS server keeps the options of its context',
      'src/server/https/reload-certificates.ts',
    )
  })

  it('keeps the contexts of hosts in server._contexts, in the order in which they were added', () => {
    const server = createSecureServer()
    server.addContext('a.example', {})
    const { _contexts: contexts } = server as unknown as { _contexts?: unknown[] }
    const first = contexts?.[0]
    server.addContext('b.example', {})
    promised(
      contexts?.length === 2 && contexts[0] === first,
      'server._contexts',
      'where a TLS server keeps the contexts of hosts',
      'src/server/https/reload-certificates.ts',
    )
  })

  it('keeps the state of messages where a carrier reads and sets it', async (t) => {
    const user = 'src/messages/node-state.ts'
    const expected = {
      req: { _consuming: false, _dumped: false, _dump: 'function', _addHeaderLines: 'function' },
      res: {
        _closed: false,
        _defaultKeepAlive: true,
        _expect_continue: false,
        _finish: 'function',
        _flush: 'function',
        _headerSent: false,
        _implicitHeader: 'function',
        _keepAliveTimeout: 5000,
        _maxRequestsPerSocket: 0,
        _onPendingData: 'function',
        _removedConnection: false,
        _removedContLen: false,
        _removedTE: false,
        _sent100: false,
      },
      state: { length: 0, flowing: null, ended: false, endEmitted: false, destroyed: false, closed: false },
    }
    const seen: [string, unknown, unknown][] = []
    await onNode(t, (req, res) => {
      const { _readableState: state } = req as unknown as Internals
      const holders = { req, res, state } as unknown as Record<string, Internals>
      for (const [holder, members] of Object.entries(expected)) {
        for (const [name, value] of Object.entries(members)) {
          const found = holders[holder]?.[name]
          seen.push([`${holder}.${name}`, typeof found === 'function' ? 'function' : found, value])
        }
      }
      const { socket } = req as unknown as { socket: Internals }
      seen.push(['socket._httpMessage', socket['_httpMessage'] === res, true])
      seen.push(['res[Symbol(kNeedDrain)]', symbolOf(res, 'kNeedDrain') !== undefined, true])
      const { _eventsCount: before } = req as unknown as Internals
      req.on('end', () => {})
      seen.push(['req._eventsCount', [before, (req as unknown as Internals)['_eventsCount']].join(), '0,1'])
      res.end()
    })
    assert.ok(seen.length > 20)
    for (const [name, found, value] of seen) promised(found === value, name, String(value), user)
  })

  it('keeps the option uniqueHeaders under a symbol of the server, and of its responses', async (t) => {
    let isKept = false
    const server = createServer({ uniqueHeaders: ['x-list'] }, (_req, res) => {
      const symbol = symbolOf(server, 'kUniqueHeaders')
      const [ofServer, ofResponse] = [server, res].map(
        (one) => (one as unknown as Internals)[symbol as symbol],
      )
      isKept = Boolean(ofServer) && ofServer === ofResponse
      res.end()
    })
    await (await serveOn(t, server)).get('/')
    const meaning = 'the set of fields that are not sent twice'
    promised(isKept, 'server[Symbol(kUniqueHeaders)]', meaning, 'src/server/turbo/messages.ts')
  })

  it('calls socket.destroySoon() after an answer that says Connection: close', async (t) => {
    let calls = 0
    await onNode(t, (req, res) => {
      const { socket } = req
      const original = socket.destroySoon
      socket.destroySoon = function destroySoon(this: Socket) {
        calls++
        original.call(this)
      }
      res.setHeader('Connection', 'close').end()
    })
    promised(calls > 0, 'socket.destroySoon()', 'the end of a connection', 'src/body/abandon-body.ts')
  })

  const head = 'the short way in src/response/own-head.ts'
  const exchange = 'the carrier in src/server/exchange/exchange.ts'

  it('writes a head by res._implicitHeader() and res._storeHeader()', async (t) => {
    const calls = await onNode(t, (_req, res) => {
      const seen: string[] = []
      const internals = res as unknown as Record<string, (...args: unknown[]) => unknown>
      for (const name of ['_implicitHeader', '_storeHeader']) {
        const original = internals[name] as (...args: unknown[]) => unknown
        internals[name] = function (...args) {
          seen.push(name)
          return original.apply(this, args)
        }
      }
      res.end()
      return seen
    })
    promised(
      String(calls) === '_implicitHeader,_storeHeader',
      'res._storeHeader()',
      'what writes heads',
      head,
    )
  })

  it('writes 1xx answers by res._writeRaw(), before there is a res._header', async (t) => {
    const written: unknown[] = []
    await onNode(t, (_req, res) => {
      const internals = res as unknown as Internals & { _writeRaw(...args: unknown[]): boolean }
      const original = internals._writeRaw
      internals._writeRaw = function writeRaw(this: Internals, ...args: unknown[]) {
        written.push([args[0], this['_header'] === null])
        return original.apply(this, args)
      }
      res.writeContinue()
      res.writeProcessing()
      res.writeEarlyHints({ link: '</a>; rel=preload' })
      res.end()
    })
    const heads = written.slice(0, 3).map((one) => (one as [string, boolean])[0].split(' ')[1])
    const isBefore = written.slice(0, 3).every((one) => (one as [string, boolean])[1])
    promised(
      String(heads) === '100,102,103' && isBefore,
      'res._writeRaw()',
      'what writes 1xx answers',
      exchange,
    )
  })

  it('writes what follows a head without it, once res._headerSent is set, and frames it by res.chunkedEncoding', async (t) => {
    const client = await serve(t, (_req: IncomingMessage, res: ServerResponse) => {
      const internals = res as unknown as Internals
      const socket = res.socket as Socket
      res.writeHead(200, { 'X-A': '1' })
      internals['_headerSent'] = true
      res.chunkedEncoding = false
      socket.write('HTTP/1.1 200 Ours\r\nContent-Length: 2\r\nConnection: close\r\n\r\n')
      res.write('a')
      res.end('b')
    })
    const text = await client.raw('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')
    const isBare = text.startsWith('HTTP/1.1 200 Ours') && text.endsWith('\r\n\r\nab')
    promised(
      isBare,
      'res._headerSent, res.chunkedEncoding',
      'that the body is written without its head',
      exchange,
    )
  })

  it('writes what a socket held back by socket._writev(), each with its encoding', async (t) => {
    let pieces: { chunk: unknown; encoding: string }[] = []
    await onNode(t, (req, res) => {
      const socket = req.socket as Socket & { _writev(list: typeof pieces, callback: () => void): void }
      socket._writev = function writev(list, callback) {
        pieces = list
        Object.getPrototypeOf(this)._writev.call(this, list, callback)
      }
      socket.cork()
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n', 'latin1')
      socket.write('Connection: close\r\n\r\n', 'utf8')
      socket.uncork()
      socket.end()
      res.destroy()
    })
    const seen = pieces.map(({ chunk, encoding }) => `${typeof chunk} ${encoding}`)
    promised(
      String(seen) === 'string latin1,string utf8',
      'socket._writev()',
      'what leaves together',
      'src/server/turbo/joined-writes.ts',
    )
  })

  it('keeps trailers in res._trailer, as lines', async (t) => {
    const text = await onNode(t, (_req, res) => {
      res.write('x')
      res.addTrailers({ 'X-A': '1', 'X-B': ['2', '3'] })
      res.end()
      return (res as unknown as Internals)['_trailer']
    })
    promised(text === 'X-A: 1\r\nX-B: 2\r\nX-B: 3\r\n', 'res._trailer', 'where trailers are kept', exchange)
  })

  it('heeds, when it writes a head, what stands on the response', () => {
    const headWith = (state: object): string => {
      const req = Object.assign(new IncomingMessage(null as never), {
        httpVersionMajor: 1,
        httpVersionMinor: 1,
      })
      const res = Object.assign(
        new ServerResponse(req),
        { _contentLength: 5, _keepAliveTimeout: 5000 },
        state,
      )
      const internals = res as unknown as { _implicitHeader(): void; _header: string }
      internals._implicitHeader()
      return internals._header
    }
    const meanings: [state: object, effect: RegExp][] = [
      [{}, /Connection: keep-alive\r\nKeep-Alive: timeout=5\r\nContent-Length: 5\r\n/],
      [{ _defaultKeepAlive: false }, /Connection: keep-alive\r\nContent-Length/],
      [{ _expect_continue: true }, /Connection: close/],
      [{ _expect_continue: true, _sent100: true }, /Connection: keep-alive/],
      [{ _keepAliveTimeout: 7000 }, /Keep-Alive: timeout=7\r\n/],
      [{ _maxRequestsPerSocket: 3 }, /Keep-Alive: timeout=5, max=3\r\n/],
      [{ _removedConnection: true }, /^((?!Connection)[^])*$/],
      [{ _removedContLen: true }, /Transfer-Encoding: chunked/],
    ]
    for (const [state, effect] of meanings) {
      const name = Object.keys(state).at(-1) ?? '_contentLength'
      promised(effect.test(headWith(state)), `res.${name}`, `what makes a head match ${effect}`, head)
    }
  })

  const arrival = 'the way past the stream in src/request/arrival.ts'

  it('reads off with req._dump() what nobody has read, and closes the request by req._destroy()', async (t) => {
    const steps: string[] = []
    class Request extends IncomingMessage {
      _dump(): void {
        const internals = this as unknown as Internals
        steps.push(`dump ${String(internals['_dumped'])}`)
        ;(IncomingMessage.prototype as unknown as { _dump(): void })._dump.call(this)
        steps.push(`dumped ${String(internals['_dumped'])}`)
      }
      override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
        steps.push('destroy')
        super._destroy(error, callback)
      }
    }
    const server = createServer({ IncomingMessage: Request as never }, (_req, res) => res.end())
    await (await serveOn(t, server)).get('/')
    await setTimeout(20)
    const isSo = String(steps) === 'dump false,dumped true,destroy'
    promised(isSo, 'req._dump(), req._dumped, req._destroy()', 'the end of an unread request', arrival)
  })

  it('counts the kinds of events that have listeners in req._eventsCount', () => {
    const req = new IncomingMessage(null as never)
    const count = () => (req as unknown as Internals)['_eventsCount']
    const counts = [count()]
    req
      .on('close', () => {})
      .on('close', () => {})
      .on('end', () => {})
    counts.push(count())
    promised(String(counts) === '0,2', 'req._eventsCount', 'that number', arrival)
  })

  it('keeps the state of a stream in req._readableState, and goes by what is put there', async (t) => {
    const over = await onNode(t, (req, res) => {
      res.end()
      return req
    })
    await setTimeout(20)
    const flags = ['ended', 'endEmitted', 'destroyed', 'closed', 'closeEmitted'] as const
    type State = Record<(typeof flags)[number] | 'dataEmitted' | 'flowing', boolean | null>
    const { _readableState: state } = over as unknown as { _readableState: State }
    for (const flag of flags)
      promised(state[flag] === true, `req._readableState.${flag}`, 'true at the end', arrival)
    const set = new IncomingMessage(null as never)
    Object.assign((set as unknown as { _readableState: State })._readableState, {
      ended: true,
      endEmitted: true,
      flowing: true,
      dataEmitted: true,
      destroyed: true,
      closed: true,
      closeEmitted: true,
    })
    const { readable, readableEnded, readableFlowing, readableDidRead, destroyed, closed } = set
    const seen = { readable, readableEnded, readableFlowing, readableDidRead, destroyed, closed }
    const isSeen = Object.entries(seen).every(([name, value]) => value === (name !== 'readable'))
    promised(isSeen, 'req._readableState', `what its accessors show (${JSON.stringify(seen)})`, arrival)
  })

  it('reads into the buffer that a socket was given, and tells its callback how much', async (t) => {
    const packet = Buffer.alloc(16)
    const seen: unknown[] = []
    const server = createConnectionServer((socket) => {
      const internals = socket as unknown as Internals & { _handle: { useUserBuffer(bytes: Buffer): void } }
      const [buffer, callback] = [symbolOf(socket, 'kBuffer'), symbolOf(socket, 'kBufferCb')]
      if (!buffer || !callback || internals[buffer] !== null) return socket.destroy()
      internals[buffer] = packet
      internals[callback] = function onRead(this: unknown, length: number): boolean {
        seen.push(this === socket, packet.toString('latin1', 0, length))
        socket.end()
        return true
      }
      internals._handle.useUserBuffer(packet)
      const { _events: events } = internals as unknown as { _events: Record<string, unknown> }
      const onData = (): void => {}
      socket.on('data', onData)
      seen.push(events['data'] === onData)
      return socket
    })
    t.after(() => server.close())
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
    const client = connect((server.address() as AddressInfo).port, '127.0.0.1').end('hello')
    await once(client.resume(), 'close')
    const isRead = String(seen) === 'true,true,hello'
    const names = 'socket[kBuffer], socket[kBufferCb], socket._handle.useUserBuffer(), socket._events'
    promised(
      isRead,
      names,
      `the way of net.connect({ onread }) (${String(seen)})`,
      'src/server/turbo/packet.ts',
    )
  })
})

describe('this file', () => {
  it('watches every name of node that the sources use', async (t) => {
    const carriers = await onNode(t, (req, res) => {
      const all = [req, res, req.socket, (req.socket as unknown as Internals)['server']] as object[]
      res.end()
      return all
    })
    const files = readdirSync(BUILT, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.js'),
    )
    const source = files.map((name) => readFileSync(join(BUILT, name), 'utf8')).join('\n')
    const underscored = namesIn(source, /(?<=\.)_[a-zA-Z]\w*/g, (name) => carriers.some((one) => name in one))
    const symbols = namesIn(source, /(?<=['"`])\w+(?=['"`])/g, (name) =>
      carriers.some((one) => symbolOf(one, name) !== undefined),
    )
    const known = WATCHED.symbols.filter((name) => carriers.some((one) => symbolOf(one, name) !== undefined))
    assert.deepEqual(
      { underscored, symbols },
      { ...WATCHED, symbols: known },
      'a name of node is used that no test above watches, or no more',
    )
  })
})

function namesIn(source: string, pattern: RegExp, isOfNode: (name: string) => boolean): string[] {
  return [...new Set(source.match(pattern))].filter(isOfNode).toSorted()
}
