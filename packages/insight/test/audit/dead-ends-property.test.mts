import assert from 'node:assert/strict'
import { once } from 'node:events'
import { Agent, createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import test from 'node:test'
import fc from 'fast-check'
import { deadHandlerOf } from '#dist/audit/dead-handlers.js'
import { hiddenLayers } from '#dist/audit/hidden-layers.js'
import { isRoute, stepsOf } from '#dist/audit/steps.js'
import { readLayers } from '#dist/layers/read-layers.js'
import type { LayerNode } from '#dist/types/layer-tree.js'
import { FRAMEWORKS } from '../support/frameworks.mjs'
import { createRandom, randomParts, randomRequests } from './random-layers.mjs'

type Listener = (req: unknown, res: unknown) => unknown

/** The functions of a layer, and of those inside. */
function functionsOf({ handler, children }: LayerNode): unknown[] {
  return [handler, ...children.flatMap(functionsOf)]
}

/** What is oracle here: the requests themselves. */
for (const { name, framework } of FRAMEWORKS) {
  test(`what is said never to run does not run, whatever is asked for, on ${name}`, async (t) => {
    const serving: { app: Listener } = { app: () => undefined }
    const server = createServer((req, res) => serving.app(req, res)).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const agent = new Agent({ keepAlive: true })
    t.after(() => {
      agent.destroy()
      server.close()
    })
    const { port } = server.address() as AddressInfo
    const seen = { hidden: 0 }

    const ask = async (method: string, path: string): Promise<void> => {
      const outgoing = request({ port, host: '127.0.0.1', method, path, agent }).end()
      const [answer] = (await once(outgoing, 'response')) as [import('node:http').IncomingMessage]
      answer.resume()
      await once(answer, 'end')
    }

    const property = fc.asyncProperty(randomParts, randomRequests, async (parts, requests) => {
      const ran = new Set<unknown>()
      const app = createRandom(framework, parts, ran)
      serving.app = app as unknown as Listener
      const steps = stepsOf(readLayers(app as never))
      const behindOthers = hiddenLayers(steps).flatMap((one) => one.hidden.map(({ node }) => node))
      const inRoutes = steps.filter(isRoute).flatMap((route) => deadHandlerOf(route)?.dead ?? [])
      const hidden = [...behindOthers, ...inRoutes].flatMap(functionsOf)
      if (hidden.length === 0) return
      seen.hidden++
      for (const [method, path, query] of requests) await ask(method, path + query)
      for (const handler of hidden) assert.ok(handler === null || !ran.has(handler), String(handler))
    })
    await fc.assert(property, { numRuns: Number(process.env['AUDIT_RUNS'] ?? 500) })
    assert.ok(seen.hidden > 20, `only ${seen.hidden} had something hidden`)
  })
}
