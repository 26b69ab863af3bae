/* global Bun */
import { app } from './app.mjs'

const server = Bun.serve({
  port: 0,
  hostname: '127.0.0.1',
  fetch: (request, bun) => app.fetch(request, { ip: bun.requestIP(request)?.address, env: 'bun' }),
})
console.log(`port ${server.port}`)
