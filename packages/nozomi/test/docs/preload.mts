/*
 * Loaded into each example before its program: servers listen on free ports of 127.0.0.1, whatever port the
 * program names, and the test is told which.
 */
import { type AddressInfo, Server } from 'node:net'

type Arguments = Parameters<Server['listen']>

const { listen } = Server.prototype

/** The ports that are used, by those that the program names: the same one twice is still in use the second time. */
const ports = new Map<number, number>()

Server.prototype.listen = function listenElsewhere(this: Server, ...args: unknown[]): Server {
  const [first] = args
  const options = typeof first === 'object' && first !== null ? first : null
  const named = Number(options ? (options as { port?: unknown }).port : first)
  if (named > 0) {
    const port = ports.get(named) ?? 0
    if (options) args[0] = { host: '127.0.0.1', ...options, port }
    else args.splice(0, 1, port, ...(typeof args[1] === 'string' ? [] : ['127.0.0.1']))
  }
  this.once('listening', () => {
    const address = this.address() as AddressInfo | string | null
    if (typeof address !== 'object' || address === null) return
    if (named > 0) ports.set(named, address.port)
    process.send?.({ port: address.port })
  })
  this.once('close', () => ports.delete(named))
  return listen.apply(this, args as unknown as Arguments)
}
