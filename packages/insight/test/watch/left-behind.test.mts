import assert from 'node:assert/strict'
import { EventEmitter, once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import test from 'node:test'
import { lineAt, until, WATCHED, watched } from '../support/watched.mjs'

const SOON = { leftBehindMs: 20 }

for (const { name, framework } of WATCHED) {
  test(`${name}: reports an interval that each request leaves behind`, async (t) => {
    const timers: NodeJS.Timeout[] = []
    t.after(() => {
      for (const timer of timers) clearInterval(timer)
    })
    const app = await watched(
      t,
      framework,
      (app) => {
        app.get('/leaks', async function leaks(_req, res) {
          await Promise.resolve()
          timers.push(setInterval(() => {}, 1_000).unref())
          res.json(1)
        })
      },
      SOON,
    )
    for (let i = 0; i < 3; i++) await app.get('/leaks')
    const incident = await app.incident(({ kind }) => kind === 'left-behind')
    assert.match(lineAt(incident.places[0]?.place), /setInterval/)
    assert.match(lineAt(incident.places[1]?.place), /function leaks/)
    assert.match(
      incident.message,
      /^3 intervals that were added at .*left-behind\.test\.m[jt]s:\d+:\d+ are left of requests that are over/,
    )
  })

  test(`${name}: does not report intervals that end with their request, nor one that stays`, async (t) => {
    const shared = { timer: null as NodeJS.Timeout | null }
    t.after(() => clearInterval(shared.timer ?? undefined))
    const leaked: NodeJS.Timeout[] = []
    t.after(() => {
      for (const timer of leaked) clearInterval(timer)
    })
    const app = await watched(
      t,
      framework,
      (app) => {
        app.get('/tidy', (_req, res) => {
          const timer = setInterval(() => {}, 1_000)
          shared.timer ??= setInterval(() => {}, 1_000)
          res.on('close', () => clearInterval(timer))
          res.json(1)
        })
        app.get('/leaks', (_req, res) => {
          leaked.push(setInterval(() => {}, 1_000))
          res.json(1)
        })
      },
      SOON,
    )
    for (let i = 0; i < 5; i++) await app.get('/tidy')
    // What comes later is looked at later: when this is reported, the others have been looked at.
    for (let i = 0; i < 3; i++) await app.get('/leaks')
    await app.incident(({ kind }) => kind === 'left-behind')
    assert.deepEqual(
      app.reported.map(({ url }) => url),
      ['/leaks'],
    )
  })

  test(`${name}: reports listeners that requests leave on an emitter they share`, async (t) => {
    const shared = new EventEmitter()
    const app = await watched(
      t,
      framework,
      (app) => {
        app.get('/listens', function listens(_req, res) {
          shared.on('message', () => {})
          res.json(1)
        })
      },
      SOON,
    )
    const incident = await until(async () => {
      await app.get('/listens')
      return app.reported.find(({ kind }) => kind === 'left-behind')
    })
    assert.match(lineAt(incident.places[0]?.place), /shared\.on\('message'/)
    assert.match(incident.message, /^\d+ listeners for 'message' that were added at /)
    assert.ok(shared.listenerCount('message') > 11)
  })

  test(`${name}: does not report listeners that many requests have at the same time`, async (t) => {
    const shared = new EventEmitter()
    const other = new EventEmitter()
    const app = await watched(
      t,
      framework,
      (app) => {
        app.get('/waits', (_req, res) => {
          const answer = (): void => void res.json(1)
          shared.on('message', answer)
          res.on('close', () => shared.off('message', answer))
        })
        app.get('/listens', (_req, res) => {
          other.on('message', () => {})
          const own = new EventEmitter()
          for (let i = 0; i < 20; i++) own.on('message', () => {})
          for (let i = 0; i < 20; i++) res.on('something', () => {})
          res.json(1)
        })
      },
      SOON,
    )
    const warned = once(process, 'warning')
    const answers = Array.from({ length: 12 }, () => app.get('/waits'))
    await until(() => shared.listenerCount('message') === 12)
    await warned
    shared.emit('message')
    await Promise.all(answers)
    await until(async () => {
      await app.get('/listens')
      return app.reported.length > 0
    })
    assert.deepEqual(
      app.reported.map(({ places }) => lineAt(places[0]?.place).trim()),
      ["other.on('message', () => {})"],
    )
  })

  test(`${name}: reports connections that each request leaves open`, async (t) => {
    const sockets: Socket[] = []
    const server = createServer((socket) => sockets.push(socket)).listen(0, '127.0.0.1')
    await once(server, 'listening')
    t.after(() => {
      for (const socket of sockets) socket.destroy()
      server.close()
    })
    const { port } = server.address() as AddressInfo
    const app = await watched(
      t,
      framework,
      (app) => {
        app.get('/connects', function connects(_req, res) {
          sockets.push(connect(port, '127.0.0.1', () => res.json(1)))
        })
      },
      SOON,
    )
    for (let i = 0; i < 33; i++) await app.get('/connects')
    const incident = await app.incident(({ kind }) => kind === 'left-behind')
    assert.match(lineAt(incident.places[0]?.place), /connect\(port/)
    assert.match(incident.message, /^33 connections that were added at /)
  })
}
