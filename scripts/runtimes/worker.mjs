import { app } from './app.mjs'

export default {
  fetch: (request, env) => app.fetch(request, { ip: '127.0.0.1', env: env.NAME }),
}
