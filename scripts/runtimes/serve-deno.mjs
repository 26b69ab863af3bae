/* global Deno */
import { app } from './app.mjs'

const onListen = ({ port }) => console.log(`port ${port}`)
Deno.serve({ port: 0, hostname: '127.0.0.1', onListen }, (request, info) =>
  app.fetch(request, { ip: info.remoteAddr.hostname, env: 'deno' }),
)
