import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { pinned, SERVER_CORE } from '../harness/pinning.mjs'

const FOLDER = fileURLToPath(new URL('../../apps/shop/dist', import.meta.url))
const MAIN = { nozomi: join(FOLDER, 'main.js'), express: join(FOLDER, 'main-on-express.js') }
const STARTING_MS = 60_000

/** A shop as it runs in production, in a process of its own, with a schema of its own. */
export class ShopProcess {
  /** Whoever may put goods on the shelves. */
  admin = { email: 'admin@shop.example', password: 'admin-of-the-benchmark' }
  #output = ''
  #images = mkdtempSync(join(tmpdir(), 'shop-images-'))
  #child
  #databaseUrl
  #schema

  static async start({ node, framework, databaseUrl }) {
    const shop = new ShopProcess()
    await shop.#start(node, framework, databaseUrl)
    return shop
  }

  async #start(node, framework, databaseUrl) {
    this.#databaseUrl = databaseUrl
    this.#schema = `bench_${framework}_${process.pid}`
    const [command, ...args] = pinned(SERVER_CORE, [node, MAIN[framework]])
    this.#child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env.PATH,
        NODE_ENV: 'production',
        PORT: '0',
        DATABASE_URL: databaseUrl,
        DATABASE_SCHEMA: this.#schema,
        IMAGES_DIR: this.#images,
        TOKEN_SECRET: 'token-secret-of-the-benchmark-012345',
        SESSION_SECRET: 'session-secret-of-the-benchmark-0123',
        ADMIN_EMAIL: this.admin.email,
        ADMIN_PASSWORD: this.admin.password,
        RATE_LIMIT: 'off',
        LOG_FORMAT: 'json',
      },
    })
    // Read, as a collector of logs does, and forgotten.
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => (this.#output = (this.#output + text).slice(-4000)))
    }
    const deadline = Date.now() + STARTING_MS
    while (!/open: +http/.test(this.#output)) {
      if (this.#child.exitCode !== null || Date.now() > deadline)
        throw new Error(`the shop did not start: ${this.#output}`)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    this.port = Number(/http:\/\/[^:\s]+:(\d+)/.exec(this.#output)[1])
  }

  /** The CPU time of all its threads so far, user and system, in microseconds. */
  async cpu() {
    const metrics = await (await fetch(`http://127.0.0.1:${this.port}/metrics`)).text()
    return Number(/^process_cpu_seconds_total (\S+)$/m.exec(metrics)[1]) * 1e6
  }

  /** Sends JSON; gives the JSON that comes back. Throws for any answer but a good one. */
  async post(path, json, fields = {}) {
    const response = await fetch(`http://127.0.0.1:${this.port}${path}`, {
      method: 'POST',
      headers: { ...fields, 'Content-Type': 'application/json' },
      body: JSON.stringify(json),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`POST ${path}: ${response.status} ${text}`)
    return JSON.parse(text)
  }

  async stop() {
    if (this.#child.exitCode === null) {
      const gone = once(this.#child, 'exit')
      this.#child.kill('SIGTERM')
      await gone
    }
    rmSync(this.#images, { recursive: true, force: true })
    const client = new pg.Client(this.#databaseUrl)
    await client.connect()
    await client.query(`drop schema if exists ${this.#schema} cascade`)
    await client.end()
  }
}
