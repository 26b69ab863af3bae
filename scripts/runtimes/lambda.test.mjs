/*
 * The application behind the runtime of AWS Lambda for Node.js, as AWS publishes it (`aws-lambda-ric`), which asks a Runtime
 * API for events. That API is made here.
 */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'

const folder = process.env.NOZOMI_RUNTIMES
const client = join(folder, 'lambda/node_modules/aws-lambda-ric/index.mjs')
const skip = whyNot()

function whyNot() {
  if (Number(process.versions.node.split('.')[0]) < 22) return 'aws-lambda-ric needs Node.js 22 or newer'
  return existsSync(client) ? false : 'aws-lambda-ric could not be installed'
}

/** The Runtime API: hands out the events that it is given, one after the other, and takes what comes of them. */
class RuntimeApi {
  #server
  #events = []
  #waiting = null
  #results = new Map()
  #count = 0

  async listen() {
    this.#server = createServer((req, res) => void this.#answer(req, res)).listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
    return `127.0.0.1:${this.#server.address().port}`
  }

  close() {
    this.#server.closeAllConnections()
    this.#server.close()
  }

  invoke(event) {
    const id = `request-${++this.#count}`
    this.#events.push({ id, event })
    this.#handOut()
    return new Promise((resolve) => {
      this.#results.set(id, resolve)
    })
  }

  async #answer(req, res) {
    const [, id, kind] = /invocation\/([^/]+)(?:\/(\w+))?$/.exec(req.url) ?? []
    if (id === 'next') {
      this.#waiting = res
      this.#handOut()
      return
    }
    const pieces = []
    for await (const piece of req) pieces.push(piece)
    res.writeHead(202).end('{}')
    const { headers, trailers } = req
    this.#results.get(id)?.({ kind, headers, trailers, pieces, body: Buffer.concat(pieces) })
  }

  #handOut() {
    if (this.#waiting === null || this.#events.length === 0) return
    const { id, event } = this.#events.shift()
    const res = this.#waiting
    this.#waiting = null
    const headers = {
      'Content-Type': 'application/json',
      'Lambda-Runtime-Aws-Request-Id': id,
      'Lambda-Runtime-Deadline-Ms': String(Date.now() + 1500),
      'Lambda-Runtime-Invoked-Function-Arn': 'arn:aws:lambda:eu-central-1:123456789012:function:test',
    }
    res.writeHead(200, headers).end(JSON.stringify(event))
  }
}

/** What a function URL sends. */
function eventOf(method, path, { query = '', body, headers = {} } = {}) {
  return {
    version: '2.0',
    rawPath: path,
    rawQueryString: query,
    headers: { host: 'abc.lambda-url.eu-central-1.on.aws', 'x-forwarded-proto': 'https', ...headers },
    requestContext: { http: { method, path, sourceIp: '192.0.2.7' }, stage: '$default' },
    ...(body === undefined ? {} : { body, isBase64Encoded: false }),
  }
}

function start(file) {
  const api = new RuntimeApi()
  let child
  let ended
  const output = []
  before(async () => {
    const env = {
      ...process.env,
      AWS_LAMBDA_RUNTIME_API: await api.listen(),
      AWS_LAMBDA_FUNCTION_NAME: 'test',
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
      AWS_LAMBDA_LOG_GROUP_NAME: 'test',
      AWS_LAMBDA_LOG_STREAM_NAME: 'test',
      _HANDLER: `${file}.handler`,
      LAMBDA_TASK_ROOT: folder,
    }
    const args = ['--require', join(folder, 'native-client.cjs'), client, `${file}.handler`]
    child = spawn(process.execPath, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
    ended = once(child, 'exit')
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => output.push(String(text)))
  })
  after(async () => {
    child?.kill('SIGKILL')
    await ended
    api.close()
  })
  return {
    async invoke(...words) {
      const failed = ended.then(() => assert.fail(`the runtime ended:\n${output.join('')}`))
      return Promise.race([api.invoke(eventOf(...words)), failed])
    },
  }
}

describe('behind the runtime of AWS Lambda', { skip }, () => {
  const lambda = start('lambda-buffered')
  const ask = async (...words) => {
    const { kind, body } = await lambda.invoke(...words)
    return { kind, ...JSON.parse(body) }
  }

  it('answers events', { timeout: 20_000 }, async () => {
    const { kind, statusCode, headers, body } = await ask('GET', '/hello/ada', { query: 'a=1' })
    assert.deepEqual([kind, statusCode, headers['X-Frame-Options']], ['response', 200, 'SAMEORIGIN'])
    const { params, query, ip, protocol } = JSON.parse(body)
    assert.deepEqual([params.name, query, ip, protocol], ['ada', { a: '1' }, '192.0.2.7', 'https'])
    const posted = await ask('POST', '/echo', {
      body: '{"a":1}',
      headers: { 'content-type': 'application/json' },
    })
    assert.deepEqual([posted.statusCode, posted.body], [201, '{"a":1}'])
    assert.deepEqual((await ask('GET', '/cookies')).cookies, ['a=1; Path=/', 'b=2; Path=/'])
  })

  it('gives what is compressed as base64', { timeout: 20_000 }, async () => {
    const { isBase64Encoded, headers } = await ask('GET', '/compressed', {
      headers: { 'accept-encoding': 'gzip' },
    })
    assert.deepEqual([isBase64Encoded, headers['Content-Encoding']], [true, 'gzip'])
  })

  it('fails before the function times out, and goes on', { timeout: 20_000 }, async () => {
    const { kind, errorMessage } = await ask('GET', '/endless')
    assert.equal(kind, 'error')
    assert.match(errorMessage, /GET \/endless was not answered 250 ms before the function times out/)
    assert.equal((await ask('GET', '/closed')).body, '[false]')
  })
})

describe('behind the runtime of AWS Lambda, with `streaming`', { skip }, () => {
  const lambda = start('lambda-streaming')
  const ask = async (...words) => {
    const { kind, headers, trailers, pieces, body } = await lambda.invoke(...words)
    const end = body.indexOf(Buffer.alloc(8))
    return {
      kind,
      headers,
      trailers,
      pieces,
      head: JSON.parse(body.subarray(0, end)),
      content: body.subarray(end + 8),
    }
  }

  it('sends the head, and each piece when it is written', { timeout: 20_000 }, async () => {
    const { kind, headers, head, pieces, content } = await ask('GET', '/pieces')
    assert.equal(kind, 'response')
    assert.equal(headers['lambda-runtime-function-response-mode'], 'streaming')
    assert.equal(headers['content-type'], 'application/vnd.awslambda.http-integration-response')
    assert.deepEqual([head.statusCode, head.headers['Content-Type']], [200, 'text/plain; charset=utf-8'])
    assert.equal(content.toString(), 'one,two,three')
    assert.deepEqual(pieces.slice(-2).map(String), ['two,', 'three'])
  })

  it('sends large answers, and those without a body', { timeout: 20_000 }, async () => {
    assert.equal((await ask('GET', '/large')).content.length, 1_000_000)
    const { head, content } = await ask('GET', '/status/204')
    assert.deepEqual([head.statusCode, content.length], [204, 0])
    assert.deepEqual((await ask('GET', '/cookies')).head.cookies, ['a=1; Path=/', 'b=2; Path=/'])
  })

  it('says that an answer failed in the middle, and goes on', { timeout: 20_000 }, async () => {
    const { head, trailers } = await ask('GET', '/endless')
    assert.equal(head.statusCode, 200)
    assert.match(
      Buffer.from(trailers['lambda-runtime-function-error-body'], 'base64').toString(),
      /GET \/endless was not answered 250 ms before the function times out/,
    )
    assert.equal((await ask('GET', '/closed')).content.toString(), '[false]')
  })
})
