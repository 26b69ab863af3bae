/** The process of a victim: `node victim-process.js <attack> <factory>`; tells its parent the port. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Served } from '../harness/carrier.js'
import { loadFactory } from '../harness/subject.js'
import { attacks } from './attacks.js'

const [, , id, factory] = process.argv
const attack = attacks.find((candidate) => candidate.id === id)
if (!attack || !factory || !process.send)
  throw new Error(`no attack "${id}" on "${factory}" from a parent process`)

process.on('disconnect', () => process.exit())
process.on('message', () => process.send?.({ cpu: process.cpuUsage() }))

const server = serve(attack.build(loadFactory(factory)))
if (!server.listening) await once(server, 'listening')
process.send({ port: (server.address() as AddressInfo).port })

function serve(app: Served) {
  return app.listen ? app.listen(0, '127.0.0.1') : createServer(app).listen(0, '127.0.0.1')
}
