import { execFile, type SpawnSyncReturns, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const NPM_FLAGS = [
  '--no-audit',
  '--no-fund',
  '--no-progress',
  '--ignore-scripts',
  '--prefer-offline',
  '--loglevel=error',
]

/** An empty project in a temporary folder, far from the packages of this repository. */
export class Project {
  readonly folder = mkdtempSync(join(tmpdir(), 'consumer-'))

  write(name: string, content: string | object): string {
    const path = join(this.folder, name)
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
    return path
  }

  npm(...args: string[]): string {
    const shell = process.platform === 'win32'
    const result = spawnSync('npm', [...args, ...NPM_FLAGS], { cwd: this.folder, encoding: 'utf8', shell })
    if (result.status !== 0) throw new Error(`npm ${args.join(' ')}: ${result.stdout}${result.stderr}`)
    return result.stdout
  }

  /** As `npm()`, while this process goes on answering npm's requests. */
  async npmInBackground(...args: string[]): Promise<void> {
    const shell = process.platform === 'win32'
    await promisify(execFile)('npm', [...args, ...NPM_FLAGS], { cwd: this.folder, shell })
  }

  /** Runs a script of this project with every warning on. */
  node(name: string, content: string): SpawnSyncReturns<string> {
    const env = { ...process.env, NODE_OPTIONS: '', NODE_ENV: '' }
    const args = ['--trace-warnings', '--pending-deprecation', this.write(name, content)]
    return spawnSync(process.execPath, args, { cwd: this.folder, encoding: 'utf8', env })
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}

/** What `express` is in the package.json of a consumer: our tarball, or stock Express for the oracle. */
export const expressSpec =
  process.env.ECOSYSTEM_EXPRESS === 'express' ? '5.3.0' : `file:${process.env.ECOSYSTEM_TARBALL}`
