import { Duplex } from 'node:stream'

const HEAD_END = Buffer.from('\r\n\r\n')

/** A connection of a server of node that has no socket below it: what is asked and answered stays in memory. */
export class MemoryConnection {
  #resolve = null
  #status = 0
  /** Bytes of the body that are still to come; -1 while the head has not come. */
  #left = -1
  #isChunked = false
  #socket = new Duplex({
    read() {},
    write: (chunk, _encoding, done) => {
      this.#take(chunk)
      done()
    },
    writev: (chunks, done) => {
      for (const { chunk } of chunks) this.#take(chunk)
      done()
    },
  })

  constructor(server) {
    const socket = this.#socket
    const settings = { remoteAddress: '127.0.0.1', remotePort: 1, localPort: 1, encrypted: false }
    const nothing = () => socket
    Object.assign(socket, settings, {
      setTimeout: nothing,
      setNoDelay: nothing,
      setKeepAlive: nothing,
      ref: nothing,
      unref: nothing,
    })
    server.emit('connection', socket)
  }

  /** Sends a request; gives the status of its answer when all of that has come. */
  ask(bytes) {
    return new Promise((resolve) => {
      this.#resolve = resolve
      // In a later turn, as from the network: what is pushed at once would be parsed within the answer before.
      setImmediate(push, this.#socket, bytes)
    })
  }

  #take(chunk) {
    if (this.#left === -1) this.#takeHead(chunk)
    else if (this.#isChunked) this.#left = endsChunks(chunk) ? 0 : 1
    else this.#left -= chunk.length
    if (this.#left !== 0) return
    this.#left = -1
    this.#resolve(this.#status)
  }

  /** node writes a head at once. */
  #takeHead(chunk) {
    const end = chunk.indexOf(HEAD_END)
    const head = chunk.latin1Slice(0, end)
    const length = /\r\ncontent-length: *(\d+)/i.exec(head)
    this.#status = Number(head.slice(9, 12))
    this.#isChunked = length === null && /\r\ntransfer-encoding: *chunked/i.test(head)
    const rest = chunk.length - end - HEAD_END.length
    if (this.#isChunked) this.#left = endsChunks(chunk) ? 0 : 1
    else this.#left = length === null ? 0 : Number(length[1]) - rest
  }
}

function push(socket, bytes) {
  socket.push(bytes)
}

function endsChunks(chunk) {
  return chunk.length >= 5 && chunk.latin1Slice(chunk.length - 5) === '0\r\n\r\n'
}
