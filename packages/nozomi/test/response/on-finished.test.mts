import assert from 'node:assert/strict'
import { AsyncLocalStorage } from 'node:async_hooks'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { connect } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, it, type TestContext } from 'node:test'
import express from 'express'
import nozomi from 'nozomi'
import onFinished from 'on-finished'
import { type Client, listen } from '../support/serve.mjs'

/*
 * The package `on-finished`, unmodified, on our answers. Express is the oracle: the same handlers on both, and what they heard.
 */

type Heard = string[]
type Handler = (req: IncomingMessage, res: ServerResponse, heard: Heard) => void

/** What the handlers heard on Express, and on ours, when the same is asked of both. */
async function onBoth(
  t: TestContext,
  handler: Handler,
  ask: (client: Client, heard: Heard) => Promise<unknown>,
): Promise<{ express: Heard; nozomi: Heard }> {
  const result = { express: [] as Heard, nozomi: [] as Heard }
  for (const [name, factory] of Object.entries({ express, nozomi })) {
    const heard = result[name as keyof typeof result]
    const app = (factory as typeof express)()
    app.get('/{*path}', (req, res) => handler(req, res, heard))
    await ask(await listen(t, app), heard)
  }
  return result
}

const get = (client: Client) => client.get('/')

async function until(heard: Heard, count: number): Promise<void> {
  for (let turn = 0; heard.length < count && turn < 200; turn++) await wait(10)
  await wait(20)
}

/** Asks, and goes away before there is an answer. */
function leave(how: 'destroy' | 'resetAndDestroy') {
  return async ({ port }: Client, heard: Heard) => {
    const socket = connect(port, '127.0.0.1')
    socket.on('error', () => {})
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
    await until(heard, 1)
    socket[how]()
    await until(heard, 2)
  }
}

describe('on-finished', () => {
  it('tells all who wait, once, in their order, among the listeners of the answer', async (t) => {
    const heard = await onBoth(
      t,
      (_req, res, heard) => {
        res.on('finish', () => heard.push('listener before'))
        onFinished(res, (error, message) => heard.push(`first ${error} ${message === res}`))
        res.on('finish', () => heard.push('listener between'))
        onFinished(res, (error) => heard.push(`second ${error}`))
        onFinished(res, (error) => heard.push(`third ${error}`))
        res.on('close', () => heard.push('close'))
        res.end('text')
        onFinished(res, (error) => heard.push(`after the end ${error}`))
      },
      async (client, heard) => {
        await get(client)
        await until(heard, 7)
      },
    )
    assert.equal(heard.express.length, 7)
    assert.deepEqual(heard.nozomi.toSorted(), heard.express.toSorted())
    // When the answer that is over is told of is a matter of turns of the event loop; the others have an order.
    const ordered = (list: Heard) => list.filter((entry) => !entry.startsWith('after the end'))
    assert.deepEqual(ordered(heard.nozomi), ordered(heard.express))
    assert.deepEqual(ordered(heard.nozomi).slice(0, 5), [
      'listener before',
      'first null true',
      'second null',
      'third null',
      'listener between',
    ])
  })

  it('tells who comes while others are told', async (t) => {
    const heard = await onBoth(
      t,
      (_req, res, heard) => {
        onFinished(res, () => {
          heard.push('told')
          onFinished(res, () => heard.push('told, too'))
        })
        res.end()
      },
      async (client, heard) => {
        await get(client)
        await until(heard, 2)
      },
    )
    assert.deepEqual(heard, { express: ['told', 'told, too'], nozomi: ['told', 'told, too'] })
  })

  it('tells of a client that left', async (t) => {
    const heard = await onBoth(
      t,
      (_req, res, heard) => {
        onFinished(res, (error) => heard.push(`told ${error?.message ?? error}`))
        heard.push('asked')
      },
      leave('destroy'),
    )
    assert.deepEqual(heard, { express: ['asked', 'told null'], nozomi: ['asked', 'told null'] })
  })

  it('tells of a connection that was reset, with the error', async (t) => {
    const heard = await onBoth(
      t,
      (_req, res, heard) => {
        onFinished(res, (error) => heard.push(`told ${error?.message ?? error}`))
        heard.push('asked')
      },
      leave('resetAndDestroy'),
    )
    assert.deepEqual(heard.express, ['asked', 'told read ECONNRESET'])
    assert.deepEqual(heard.nozomi, heard.express)
  })

  it('tells of an answer that a handler destroyed, with the error', async (t) => {
    for (const error of [undefined, new Error('on purpose')]) {
      const heard = await onBoth(
        t,
        (_req, res, heard) => {
          onFinished(res, (told) => heard.push(`told ${told?.message ?? told}`))
          res.destroy(error)
        },
        async (client, heard) => {
          await assert.rejects(get(client))
          await until(heard, 1)
        },
      )
      assert.equal(heard.express.length, 1)
      assert.deepEqual(heard.nozomi, heard.express)
    }
  })

  it('tells each of the answers on one connection, also when they were asked for at once', async (t) => {
    const heard = await onBoth(
      t,
      (req, res, heard) => {
        onFinished(res, () => heard.push(`told ${req.url}`))
        setTimeout(() => res.end('text'), req.url === '/a' ? 30 : 0)
      },
      async (client, heard) => {
        const asked = ['/a', '/b', '/c'].map((path) => `GET ${path} HTTP/1.1\r\nHost: x\r\n`)
        await client.raw(`${asked.join('\r\n')}Connection: close\r\n\r\n`)
        await until(heard, 3)
      },
    )
    assert.deepEqual(heard.nozomi, ['told /a', 'told /b', 'told /c'])
    assert.deepEqual(heard.express, heard.nozomi)
  })

  it('calls back in the context of who waits', async (t) => {
    const storage = new AsyncLocalStorage<string>()
    const heard = await onBoth(
      t,
      (_req, res, heard) => {
        storage.run('context', () => onFinished(res, () => heard.push(String(storage.getStore()))))
        setTimeout(() => res.end(), 5)
      },
      async (client, heard) => {
        await get(client)
        await until(heard, 1)
      },
    )
    assert.deepEqual(heard, { express: ['context'], nozomi: ['context'] })
  })

  it('that has begun to wait before the application got the answer keeps its own queue', async (t) => {
    const heard: Heard = []
    const app = nozomi()
    app.get('/', (_req, res) => {
      onFinished(res, () => heard.push('inside'))
      res.end()
    })
    const outer = express()
    outer.use((_req, res, next) => {
      onFinished(res, () => heard.push('outside'))
      next()
    })
    outer.use(app as never)
    await get(await listen(t, outer))
    await until(heard, 2)
    assert.deepEqual(heard, ['outside', 'inside'])
  })

  it('tells of a client that left in the middle of a large answer, with an error', async (t) => {
    const heard = await onBoth(
      t,
      (_req, res, heard) => {
        onFinished(res, (error) => heard.push(error ? 'told of an error' : 'told of an end'))
        res.end(Buffer.alloc(60e6))
        heard.push('asked')
      },
      leave('resetAndDestroy'),
    )
    assert.deepEqual(heard.express, ['asked', 'told of an error'])
    assert.deepEqual(heard.nozomi, heard.express)
  })

  it('tells of a lost connection when all have heard that the answer was closed', async (t) => {
    const heard = await onBoth(
      t,
      (_req, res, heard) => {
        onFinished(res, () => heard.push('told'))
        res.on('close', () => heard.push('closed'))
        heard.push('asked')
      },
      leave('destroy'),
    )
    assert.deepEqual(heard.express, ['asked', 'closed', 'told'])
    assert.deepEqual(heard.nozomi, heard.express)
  })

  it('tells of what is made from the answer, too', async (t) => {
    const heard = await onBoth(
      t,
      (_req, res, heard) => {
        onFinished(Object.create(res) as ServerResponse, () => heard.push('derived'))
        onFinished(new Proxy(res, {}), () => heard.push('proxy'))
        res.end()
      },
      async (client, heard) => {
        await get(client)
        await until(heard, 2)
      },
    )
    assert.deepEqual(heard.express.toSorted(), ['derived', 'proxy'])
    assert.deepEqual(heard.nozomi, heard.express)
  })
})
