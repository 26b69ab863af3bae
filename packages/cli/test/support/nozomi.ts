import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'

/** Bytes. The routes of the shop with all that runs for each are more than a megabyte. */
const MOST_OUTPUT = 64 * 1024 * 1024

const PACKAGE = fileURLToPath(new URL('../../../', import.meta.url))

export interface Run {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** The path of an application in test/fixtures. */
export function fixture(name: string): string {
  return `${PACKAGE}test/fixtures/${name}`
}

/** Runs `nozomi` with these arguments to its end. */
export async function nozomi(
  args: readonly string[],
  environment: Record<string, string> = {},
): Promise<Run> {
  const env = { ...process.env, NODE_ENV: 'development', ...environment }
  return await new Promise((done) => {
    execFile(
      process.execPath,
      [`${PACKAGE}bin/nozomi.js`, ...args],
      { env, cwd: PACKAGE, maxBuffer: MOST_OUTPUT },
      (error, stdout, stderr) => {
        done({ code: error === null ? 0 : Number(error.code), stdout, stderr })
      },
    )
  })
}

/** A port that is in use as long as the test runs: whoever listens on it fails. */
export async function takenPort(t: TestContext): Promise<string> {
  const server = createServer().listen(0)
  await once(server, 'listening')
  t.after(() => server.close())
  return String((server.address() as AddressInfo).port)
}
