import { spawnSync } from 'node:child_process'

/** Runs a command to its end, with its output shown; ends this process with its status when it fails. */
export function run(command, args, options = {}) {
  // Windows finds npm.cmd through the shell only.
  const shell = process.platform === 'win32' && command === 'npm'
  const result = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'], shell, ...options })
  if (result.error) throw result.error
  if (result.status !== 0) {
    console.error(`failed: ${command} ${args.join(' ')}`)
    process.exit(result.status ?? 1)
  }
  return result.stdout
}
