import assert from 'node:assert/strict'
import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { describe, it, type TestContext } from 'node:test'
import type { Changes } from '#dist/inspector/wire.js'
import { FRAMEWORKS } from '../support/frameworks.mjs'
import { hung, record } from './records.mjs'
import { serve, type Serving, type ServingOptions } from './serving.mjs'

/** A page that watches: what it was told, one message after the other. */
class Watcher {
  readonly res: IncomingMessage
  #text = ''

  constructor(res: IncomingMessage) {
    this.res = res
    res.setEncoding('utf8')
    res.on('data', (piece: string) => {
      this.#text += piece
    })
  }

  static async open(t: TestContext, { page }: Serving): Promise<Watcher> {
    const request = get(`${page}/api/events`, { agent: false })
    const [res] = (await once(request, 'response')) as [IncomingMessage]
    t.after(() => res.destroy())
    return new Watcher(res)
  }

  /** Waits until something has been told. */
  async until(isTold: (messages: Changes[]) => boolean): Promise<Changes[]> {
    while (!isTold(this.messages)) {
      await once(this.res, 'data', { signal: AbortSignal.timeout(20_000) })
    }
    return this.messages
  }

  get messages(): Changes[] {
    const whole = this.#text.split('\n\n').slice(0, -1)
    return whole
      .filter((block) => block.startsWith('data: '))
      .map((block) => JSON.parse(block.slice('data: '.length)) as Changes)
  }

  get hasHello(): boolean {
    return this.#text.includes('event: hello\n')
  }
}

for (const { name, framework } of FRAMEWORKS) {
  const open = async (t: TestContext, options: ServingOptions = {}): Promise<Serving> => {
    const serving = await serve({ on: framework, ...options })
    t.after(() => (serving.server.listening ? serving.close() : undefined))
    return serving
  }

  describe(`the live stream of the inspector, on ${name}`, () => {
    it('tells of each request that changed, as it is when it is told', async (t) => {
      const serving = await open(t)
      const watcher = await Watcher.open(t, serving)
      assert.equal(watcher.res.headers['content-type'], 'text/event-stream; charset=utf-8')
      const changing = record(1, { outcome: 'running', status: null, durationMs: null })
      serving.source.add(changing)
      Object.assign(changing, { outcome: 'finished', status: 204, durationMs: 3 })
      serving.source.add(changing)
      serving.source.add(record(2))
      const [first] = await watcher.until((messages) => messages.length > 0)
      assert.ok(watcher.hasHello)
      assert.deepEqual(
        first?.requests.map(({ id, status }) => [id, status]),
        [
          [1, 204],
          [2, 200],
        ],
      )
    })

    it('tells of incidents when one is new', async (t) => {
      const serving = await open(t)
      const watcher = await Watcher.open(t, serving)
      serving.source.add(hung(1, Date.now()))
      await watcher.until((messages) => messages.some(({ incidents }) => incidents?.[0]?.kind === 'hung'))
      serving.source.add(record(2))
      const messages = await watcher.until((all) => all.some(({ requests }) => requests[0]?.id === 2))
      assert.equal(messages.at(-1)?.incidents, undefined)
    })

    it('does not tell of what the inspector was asked itself', async (t) => {
      const serving = await open(t)
      const watcher = await Watcher.open(t, serving)
      serving.source.add(record(1, { url: '/_inspector/api/state' }))
      serving.source.add(record(2))
      await watcher.until((messages) => messages.length > 0)
      assert.deepEqual(
        watcher.messages.flatMap(({ requests }) => requests.map(({ id }) => id)),
        [2],
      )
    })

    it('watches the application only while somebody watches it', async (t) => {
      const serving = await open(t)
      assert.equal(serving.source.listeners.size, 0)
      const watchers = [await Watcher.open(t, serving), await Watcher.open(t, serving)]
      assert.equal(serving.source.listeners.size, 1)
      for (const { res } of watchers) res.destroy()
      while (serving.source.listeners.size > 0) await new Promise((resolve) => setImmediate(resolve))
      const again = await Watcher.open(t, serving)
      serving.source.add(record(1))
      await again.until((messages) => messages.length > 0)
    })

    it('does not keep a server open that was closed', async (t) => {
      const serving = await open(t)
      const watcher = await Watcher.open(t, serving)
      const limit = { signal: AbortSignal.timeout(20_000) }
      const ended = once(watcher.res, 'end', limit)
      serving.server.close()
      await Promise.all([once(serving.server, 'close', limit), ended])
      assert.ok(watcher.res.complete)
    })

    it('is given to 16 pages and no more', async (t) => {
      const serving = await open(t)
      for (let count = 0; count < 16; count += 1) {
        assert.equal((await Watcher.open(t, serving)).res.statusCode, 200)
      }
      const refused = await Watcher.open(t, serving)
      assert.equal(refused.res.statusCode, 503)
      assert.equal(refused.res.headers['retry-after'], '10')
    })
  })
}
