import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import type { Example } from './example.mjs'
import type { Pattern, RequestStep, Step } from './expectation.mjs'
import type { Project } from './project.mjs'

const PRELOAD = new URL('./preload.mjs', import.meta.url).href
const PATIENCE_MS = 30_000
const LATE_MS = 3000

interface Program {
  process: ChildProcess
  port: Promise<number>
  ended: Promise<number | null>
  printed(): string
  complained(): string
}

/** Runs a program of the docs, asks what it says that it answers, and compares. */
export async function runExample(example: Example, project: Project): Promise<void> {
  const program = start(example, project)
  const { steps, printed } = example.expectations
  try {
    if (steps.length === 0) await expectEnd(program)
    else await follow(program, steps)
    if (printed) await expectPrinted(program, printed)
  } catch (error) {
    if (error instanceof Error) error.message += `\n\nprinted:\n${program.printed()}${program.complained()}`
    throw error
  } finally {
    program.process.kill('SIGKILL')
    await program.ended
  }
}

function start(example: Example, { folder, main }: Project): Program {
  const { NODE_ENV: _env, NODE_TEST_CONTEXT: _context, PORT: _port, ...env } = process.env
  const child = spawn(process.execPath, ['--enable-source-maps', '--import', PRELOAD, main], {
    cwd: folder,
    env: { ...env, ...example.env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const output = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (chunk: string) => {
      output[name] += chunk
    })
  }
  const ended = once(child, 'close').then(([code]) => code as number | null)
  const port = new Promise<number>((resolve) => {
    child.once('message', (message) => resolve((message as { port: number }).port))
  })
  return { process: child, port, ended, printed: () => output.stdout, complained: () => output.stderr }
}

async function expectEnd(program: Program): Promise<void> {
  const code = await inTime(program.ended, 'the program does not end, and says nothing that it answers')
  assert.equal(code, 0, 'the program fails')
}

async function follow(program: Program, steps: Step[]): Promise<void> {
  const failed = program.ended.then((code) =>
    assert.fail(`the program ended with ${code} and does not listen`),
  )
  failed.catch(() => {})
  const port = await inTime(Promise.race([program.port, failed]), 'the program does not listen')
  const jar = new Map<string, string>()
  for (const step of steps) {
    if (step.kind === 'request') await expectAnswer(port, step, jar)
    else {
      program.process.kill(step.signal)
      const code = await inTime(program.ended, `${step.source}: the program goes on`)
      assert.equal(code, step.exitCode, step.source)
    }
  }
  if (steps.at(-1)?.kind === 'request') assert.equal(program.process.exitCode, null, 'the program has ended')
}

/** What a program prints may come a little later than its answers. */
async function expectPrinted(program: Program, lines: string[]): Promise<void> {
  const printed = () => program.printed().split('\n').slice(0, -1)
  const deadline = Date.now() + LATE_MS
  while (printed().length < lines.length && Date.now() < deadline) await wait(10)
  assert.deepEqual(printed(), lines)
}

async function inTime<T>(promise: Promise<T>, complaint: string): Promise<T> {
  const patience = new AbortController()
  const tired = wait(PATIENCE_MS, null, { signal: patience.signal }).then(() => assert.fail(complaint))
  try {
    return await Promise.race([promise, tired])
  } finally {
    tired.catch(() => {})
    patience.abort()
  }
}

async function expectAnswer(port: number, step: RequestStep, jar: Map<string, string>): Promise<void> {
  const { expected, source } = step
  const answer = await inTime(ask(port, step, jar), `${source}: there is no answer`)
  const body = await text(answer)
  assert.equal(answer.statusCode, expected.status, `${source}\nanswered:\n${body}`)
  for (const [name, value] of expected.fields) {
    const given = answer.headers[name.toLowerCase()]
    if (value === null) assert.equal(given, undefined, `${source}: ${name}`)
    else
      assertText(`${source}: ${name}`, value, Array.isArray(given) ? given.join('\n') : (given ?? '(absent)'))
  }
  if (expected.body !== undefined) assertBody(source, expected.body, body, answer)
}

async function ask(port: number, step: RequestStep, jar: Map<string, string>): Promise<IncomingMessage> {
  const { method, target, fields, body } = step
  const headers: Record<string, string> = body === undefined ? {} : { 'Content-Type': typeOf(body) }
  if (jar.size > 0) headers['Cookie'] = Array.from(jar, (pair) => pair.join('=')).join('; ')
  for (const [name, value] of fields) headers[name] = value
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const options = { host: '127.0.0.1', port, method, path: target, headers, agent: false }
    request(options, resolve).on('error', reject).end(body)
  })
  for (const cookie of answer.headers['set-cookie'] ?? []) {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie) as unknown as [string, string, string]
    if (/; expires=Thu, 01 Jan 1970/i.test(cookie)) jar.delete(name)
    else jar.set(name, value)
  }
  return answer
}

/** The type of a request body, unless the example names another one. */
function typeOf(body: string): string {
  if (/^[{[]/.test(body)) return 'application/json'
  return /^[^\s=]+=/.test(body) ? 'application/x-www-form-urlencoded' : 'text/plain'
}

function assertBody(source: string, expected: Pattern, body: string, answer: IncomingMessage): void {
  const isJson = /[/+]json\b/.test(answer.headers['content-type'] ?? '')
  if (isJson && typeof expected === 'string') assert.deepEqual(JSON.parse(body), JSON.parse(expected), source)
  else assertText(source, expected, body.trim())
}

function assertText(where: string, expected: Pattern, actual: string): void {
  if (typeof expected === 'string') assert.equal(actual, expected, where)
  else assert.match(actual, expected, where)
}
