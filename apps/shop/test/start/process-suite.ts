import assert from 'node:assert/strict'
import { cpSync, existsSync, readdirSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { createProduct } from '../catalogue/products.js'
import { ShopProcess } from '../support/shop-process.js'
import { temporaryFolder } from '../support/temporary-folder.js'
import { type Client, clientOf } from '../support/client.js'
import type { Framework, TestShop } from '../support/test-shop.js'

const MEMORY = { DATABASE_URL: 'memory:' }

/** Enough of a shop for creating a product in it, asked by its sample admin. */
async function asAdmin(ask: Client): Promise<TestShop> {
  const json = { email: 'admin@shop.example', password: 'shop-admin-demo' }
  const { access_token } = (await ask('/api/v1/auth/login', { method: 'POST', json })).json
  const headers = { Authorization: `Bearer ${access_token}` }
  const signedIn: Client = (path, options) =>
    ask(path, { ...options, headers: { ...options?.headers, ...headers } })
  return { ask: signedIn } as TestShop
}

/** The shop as a process: how it starts and ends, and the folder that it keeps. */
export function describeProcess(framework: Framework): void {
  const start = (variables: Readonly<Record<string, string>>): ShopProcess =>
    new ShopProcess(variables, framework === 'express')

  describe(`the start of the shop on ${framework}`, () => {
    it('says where it listens, on which framework and with which database', async () => {
      const shop = start(MEMORY)
      const ask = await shop.ready()
      assert.match(shop.output, new RegExp(String.raw`framework +${framework} 5\.\d+\.\d+`))
      assert.match(shop.output, /database +memory/)
      assert.match(shop.address, /^http:\/\/127\.0\.0\.1:\d+$/)
      assert.equal((await ask('/')).status, 200)
      assert.equal(await shop.stop(), 0)
    })

    it('says that a port is in use, in a sentence, and exits with 1', async (t) => {
      const other: Server = createServer()
      t.after(() => other.close())
      await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
      const { port } = other.address() as AddressInfo
      const folder = temporaryFolder()
      const shop = start({ PORT: String(port), DATA_DIR: folder.path })
      assert.equal(await shop.exitCode(), 1)
      assert.match(shop.output, new RegExp(`can not start: port ${port} of 127\\.0\\.0\\.1 is in use`))
      assert.match(shop.output, new RegExp(`PORT=${port + 1}`), 'what to do')
      assert.doesNotMatch(shop.output, /\bat .*\.js|EADDRINUSE/)
      assert.deepEqual(readdirSync(folder.path), [], 'the database was not touched')
      folder.remove()
    })

    it('says that HOST is no address of this machine, and exits with 1', async () => {
      const shop = start({ ...MEMORY, HOST: '192.0.2.1' })
      assert.equal(await shop.exitCode(), 1)
      assert.match(shop.output, /can not start: HOST is "192\.0\.2\.1", which is no address of this machine/)
      assert.doesNotMatch(shop.output, /\bat .*\.js/)
    })

    it('names a variable that is wrong, and exits with 1', async () => {
      const shop = start({ ...MEMORY, PORT: '80a' })
      assert.equal(await shop.exitCode(), 1)
      assert.match(shop.output, /can not start: PORT is "80a"; expected a whole number from 0 to 65535/)
      assert.doesNotMatch(shop.output, /\bat .*\.js/)
    })

    it('says that PostgreSQL does not answer, without the password, and exits with 1', async () => {
      const shop = start({ DATABASE_URL: 'postgres://me:secret@127.0.0.1:1/shop' })
      assert.equal(await shop.exitCode(), 1)
      assert.match(
        shop.output,
        /can not start: PostgreSQL at 127\.0\.0\.1:1\/shop does not let us in: .*ECONNREFUSED/,
      )
      assert.match(shop.output, /DATABASE_URL/)
      assert.doesNotMatch(shop.output, /secret|\bat .*\.js/)
    })
  })

  describe(`the end of the shop on ${framework}`, () => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      it(`is 0 on ${signal}, although a client keeps its connection`, async () => {
        const shop = start(MEMORY)
        await shop.ready()
        const { hostname, port } = new URL(shop.address)
        const socket = connect(Number(port), hostname)
        socket.on('error', () => {})
        socket.write('GET /api/v1/categories HTTP/1.1\r\nHost: x\r\n\r\n')
        await new Promise((resolve) => socket.once('data', resolve))
        shop.signal(signal)
        assert.equal(await shop.exitCode(), 0)
        assert.match(shop.output, /closing the shop/)
      })
    }

    it('waits for a request that is under way, answers it and closes its connection', async () => {
      const shop = start(MEMORY)
      await shop.ready()
      const { hostname, port } = new URL(shop.address)
      const socket = connect(Number(port), hostname)
      let received = ''
      socket.on('data', (chunk: Buffer) => (received += chunk.toString()))
      const body = '{"name":"x"}'
      const head = `POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n`
      socket.write(`${head}\r\n{`)
      await new Promise((resolve) => setTimeout(resolve, 150))
      shop.signal('SIGTERM')
      await shop.said(/closing the shop/)
      const refused = connect(Number(port), hostname)
      await new Promise((resolve) => refused.once('error', resolve))
      socket.write(body.slice(1))
      assert.equal(await shop.exitCode(), 0)
      assert.match(received, /^HTTP\/1\.1 400 /)
      assert.match(received, /^Connection: close\r$/m)
      assert.match(received, /"path":\["email"\]/)
    })

    it('is at once on a second signal, but not on the same one that came twice', async () => {
      const shop = start(MEMORY)
      await shop.ready()
      const { hostname, port } = new URL(shop.address)
      const socket = connect(Number(port), hostname)
      socket.on('error', () => {})
      socket.write(
        'POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{',
      )
      await new Promise((resolve) => setTimeout(resolve, 150))
      shop.signal('SIGTERM')
      await shop.said(/closing the shop/)
      shop.signal('SIGTERM')
      await new Promise((resolve) => setTimeout(resolve, 1200))
      assert.ok(shop.isRunning)
      shop.signal('SIGTERM')
      assert.equal(await shop.exitCode(), 1)
    })
  })

  describe(`the data folder on ${framework}`, () => {
    const original = temporaryFolder()

    /** A shop on a folder; stops it and gives what it said. */
    const visit = async (
      folder: string,
      use: (ask: Client) => Promise<void> = async () => {},
    ): Promise<string> => {
      const shop = start({ DATA_DIR: folder })
      await use(await shop.ready())
      assert.equal(await shop.stop(), 0)
      return shop.output
    }

    const countOf = async (ask: Client): Promise<number> =>
      (await ask('/api/v1/products?limit=1')).json.page.items

    let sampleCount = 0

    before(async () => {
      await visit(original.path, async (ask) => {
        sampleCount = await countOf(ask)
        const shop = await asAdmin(ask)
        await createProduct(shop, { sku: 'KEPT-1', name: 'Kept Product' })
        assert.equal((await shop.ask('/api/v1/products/1', { method: 'DELETE' })).status, 204)
      })
    })

    after(() => original.remove())

    const copy = () => {
      const folder = temporaryFolder()
      cpSync(original.path, folder.path, { recursive: true })
      return folder
    }

    it('keeps what was stored, and what was removed stays away', async () => {
      const output = await visit(original.path, async (ask) => {
        assert.equal((await ask('/api/v1/products?q=kept-1')).json.items[0].name, 'Kept Product')
        assert.equal((await ask('/api/v1/products/1')).status, 404)
        assert.equal(await countOf(ask), sampleCount)
      })
      assert.doesNotMatch(output, /making/)
      assert.ok(!existsSync(join(original.path, 'lock')), 'the lock is let go')
    })

    it('keeps what was stored when the process is killed, and can be opened again at once', async () => {
      const folder = copy()
      const shop = start({ DATA_DIR: folder.path })
      await createProduct(await asAdmin(await shop.ready()), { sku: 'KILLED-1' })
      shop.signal('SIGKILL')
      await shop.exitCode()
      assert.ok(existsSync(join(folder.path, 'lock')))
      await visit(folder.path, async (ask) => {
        assert.equal((await ask('/api/v1/products?q=killed-1')).json.items.length, 1)
        assert.equal((await ask('/api/v1/products?q=kept-1')).json.items.length, 1)
      })
      folder.remove()
    })

    it('belongs to one process: a second shop says which one has it, and exits with 1', async () => {
      const folder = copy()
      const first = start({ DATA_DIR: folder.path })
      await first.ready()
      const second = start({ DATA_DIR: folder.path })
      assert.equal(await second.exitCode(), 1)
      assert.match(second.output, new RegExp(`the data folder .* is in use by process ${first.pid}`))
      assert.doesNotMatch(second.output, /\bat .*\.js/)
      assert.equal((await clientOf(first.address)('/api/v1/products?q=kept-1')).json.items.length, 1)
      assert.equal(await first.stop(), 0)
      folder.remove()
    })

    it('says so when it can not be written, and exits with 1', async () => {
      const folder = temporaryFolder()
      writeFileSync(join(folder.path, 'file'), '')
      const shop = start({ DATA_DIR: join(folder.path, 'file') })
      assert.equal(await shop.exitCode(), 1)
      assert.match(shop.output, /can not start: .*DATA_DIR/)
      assert.doesNotMatch(shop.output, /\bat .*\.js/)
      folder.remove()
    })
  })
}
