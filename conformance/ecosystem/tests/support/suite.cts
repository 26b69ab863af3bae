import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { fixture } from './fixtures.cjs'

interface Run {
  /** null when the runner did not end by itself. */
  status: number | null
  stdout: string
  stderr: string
}

/** What Jest and Vitest print as JSON, as far as it is read here. */
interface Report {
  testResults: {
    message: string
    assertionResults: { title: string; status: string; failureMessages: string[] }[]
  }[]
}

/** The program of a test runner, a file in node_modules. */
export function program(file: string): string {
  return join(process.cwd(), 'node_modules', file)
}

/**
 * Runs a test runner as a user does: in the folder of a project, one of `fixtures/suites`, and with nothing in the
 * environment that says that a test runs already.
 */
export async function runSuite(project: string, ...args: string[]): Promise<Run> {
  const { NODE_ENV: _, NODE_OPTIONS: __, NODE_TEST_CONTEXT: ___, ...env } = process.env
  const child = spawn(process.execPath, args, {
    cwd: fixture('suites', project),
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    // A suite that leaves a server open never ends by itself.
    timeout: 30_000,
    killSignal: 'SIGKILL',
  })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk))
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk))
  const [status] = (await once(child, 'close')) as [number | null]
  return { status, stdout, stderr }
}

/** Reads a report as JSON: the titles of what passed, what failed and why, and why files could not be run at all. */
export function readReport({ status, stdout, stderr }: Run) {
  if (!stdout.startsWith('{')) throw new Error(`no report, status ${status}:\n${stdout}${stderr}`)
  const { testResults } = JSON.parse(stdout) as Report
  const tests = testResults.flatMap((file) => file.assertionResults)
  return {
    passed: tests.filter((one) => one.status === 'passed').map(({ title }) => title),
    failed: tests
      .filter((one) => one.status !== 'passed')
      .map(({ title, failureMessages }) => [title, ...failureMessages].join('\n')),
    unrunnable: testResults
      .filter((file) => file.assertionResults.length === 0)
      .map(({ message }) => message),
  }
}
