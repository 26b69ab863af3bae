import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Answer } from '../harness/answer.js'
import { type Exchange, get } from '../harness/exchange.js'
import { fixtures } from '../harness/fixtures.js'
import { talkOverSocket } from '../harness/socket-line.js'
import type { Victim } from './attack.js'

const program = join(import.meta.dirname, 'victim-process.js')
const graceMs = 2000

/** Starts a victim, lets it be attacked, and ends it however it is by then. */
export async function withVictim<T>(
  attack: string,
  factory: string,
  strike: (victim: Victim) => Promise<T>,
): Promise<T> {
  const child = fork(program, [attack, factory], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: {
      ...process.env,
      CONFORMANCE_FIXTURES: fixtures,
      NODE_ENV: 'development',
      NODE_TEST_CONTEXT: undefined,
    },
  })
  try {
    const { port } = await hear<{ port: number }>(child)
    return await strike(victimOf(child, port))
  } finally {
    await end(child)
  }
}

function victimOf(child: ChildProcess, port: number): Victim {
  const talk = (exchange: Exchange, timeLimitMs?: number) => talkOverSocket(port, exchange, timeLimitMs)
  return {
    port,
    talk,
    ask: async (exchange) => (await talk(exchange)).answers.at(-1) ?? noAnswer,
    async cpuMicros() {
      child.send('cpu')
      const { cpu } = await hear<{ cpu: NodeJS.CpuUsage }>(child)
      return cpu.user + cpu.system
    },
    async isAlive() {
      if (child.exitCode !== null || child.signalCode !== null) return false
      // A process that is about to die may still take the connection.
      const { answers } = await talk(get('/alive')).catch(() => ({ answers: [] }))
      return answers.length > 0 && child.exitCode === null
    },
  }
}

const noAnswer: Answer = {
  version: '',
  status: 0,
  reason: 'no answer',
  fields: [],
  body: Buffer.alloc(0),
  trailers: [],
  complete: false,
}

async function hear<T>(child: ChildProcess): Promise<T> {
  const [message] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => {
      throw new Error(`the victim ended with ${code} before it said anything`)
    }),
  ])
  return message as T
}

/** A victim ends by itself when its parent hangs up; one whose loop is blocked does not hear that. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  if (child.connected) child.disconnect()
  const timer = setTimeout(() => child.kill('SIGKILL'), graceMs)
  await ended
  clearTimeout(timer)
}
