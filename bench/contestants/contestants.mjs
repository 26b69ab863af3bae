/**
 * Who takes part. `family` is the file with its applications, `packages` are those whose versions a report names.
 * The order is the order in tables.
 */
export const CONTESTANTS = {
  nozomi: { title: 'Nozomi', family: 'express-api', packages: [] },
  'nozomi-turbo': { title: 'Nozomi on turbo', family: 'express-api', packages: [] },
  express: { title: 'Express 5', family: 'express-api', packages: ['express'] },
  'express-4': { title: 'Express 4', family: 'express-api', packages: ['express4'] },
  fastify: { title: 'Fastify', family: 'fastify', packages: ['fastify'] },
  'fastify-schema': { title: 'Fastify, with schema', family: 'fastify', packages: [] },
  hono: { title: 'Hono', family: 'hono', packages: ['hono', '@hono/node-server'] },
  koa: { title: 'Koa', family: 'koa', packages: ['koa', '@koa/router'] },
  'node-http': { title: 'node:http', family: 'node-http', packages: [] },
  'node-net': { title: 'node:net (floor)', family: 'node-net', packages: [] },
}

/** Starts an application of a contestant on a free port; gives the listening server of node. */
export async function startApplication(name, application, options) {
  const contestant = CONTESTANTS[name]
  // One family only: what the others import would count as this one's start-up time and memory.
  const { start } = await import(`./${contestant.family}.mjs`)
  return start(name, application, options)
}
