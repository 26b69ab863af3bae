/**
 * Programs that serve: started, and asked for their port.
 */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

const PATIENCE_MS = 30_000

/** Starts a program that names its port in a line of its output, where `pattern` finds it. */
export async function serve(command, args, { cwd, env, pattern = /^port (\d+)$/ }) {
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output = []
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  const port = await new Promise((resolve, reject) => {
    const fail = (reason) => {
      void stop()
      reject(new Error(`${command} ${reason}:\n${output.join('\n')}`))
    }
    const timer = setTimeout(fail, PATIENCE_MS, 'names no port')
    child.once('error', (error) => fail(error.message))
    child.once('exit', (code) => fail(`ended with ${code}`))
    for (const stream of [child.stdout, child.stderr]) {
      createInterface(stream).on('line', (line) => {
        output.push(line)
        const found = pattern.exec(line)?.[1]
        if (found === undefined) return
        clearTimeout(timer)
        child.removeAllListeners('exit')
        resolve(Number(found))
      })
    }
  })
  return { port, stop, output }
}

/** The version of a program, or why it can't be run. */
export function versionOf(command) {
  const { status, stdout, stderr, error } = spawnSync(command, ['--version'], { encoding: 'utf8' })
  if (error) return { reason: error.message }
  return status === 0 ? { version: stdout.split('\n')[0] } : { reason: stderr.split('\n')[0] }
}
