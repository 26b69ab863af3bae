import { readFileSync } from 'node:fs'
import type { Command, Output } from './command.js'
import { EXIT } from './command.js'
import { COMMANDS } from './commands.js'
import { UsageError } from './usage-error.js'

/**
 * Runs the command that the arguments name.
 *
 * @param args without those of node: `['routes', 'app.js']`
 * @returns the exit code
 */
export async function main(args: readonly string[], output: Output): Promise<number> {
  const [name, ...rest] = args
  if (name === '--help' || name === '-h' || name === 'help') {
    output.print(usage())
    return EXIT.fine
  }
  if (name === '--version' || name === '-v') {
    output.print(version())
    return EXIT.fine
  }
  const command = COMMANDS.find((one) => one.name === name)
  if (command === undefined) {
    output.note(name === undefined ? usage() : `nozomi: there is no command ${name}\n\n${usage()}`)
    return EXIT.usage
  }
  if (asksForHelp(rest)) {
    output.print(command.usage)
    return EXIT.fine
  }
  return await runCommand(command, rest, output)
}

/** What stands behind `--` is for the application. */
function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--')
  const own = end < 0 ? args : args.slice(0, end)
  return own.includes('--help') || own.includes('-h')
}

async function runCommand(command: Command, args: readonly string[], output: Output): Promise<number> {
  try {
    return await command.run(args, output)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    output.note(`nozomi ${command.name}: ${error.message}`)
    return EXIT.usage
  }
}

function version(): string {
  const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8')
  return (JSON.parse(manifest) as { version: string }).version
}

function usage(): string {
  const width = Math.max(...COMMANDS.map(({ name }) => name.length))
  const list = COMMANDS.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`)
  return [
    'Usage: nozomi <command> [arguments]',
    '',
    ...list,
    '',
    'nozomi <command> --help says more; nozomi --version says which one this is.',
  ].join('\n')
}
