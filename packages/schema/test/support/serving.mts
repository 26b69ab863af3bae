import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'

/** Lets an application listen as long as a test runs, and gives its origin: `http://127.0.0.1:1234`. */
export async function serving(t: TestContext, app: unknown): Promise<string> {
  const server = createServer(app as RequestListener)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
