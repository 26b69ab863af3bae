import type { Output } from './command.js'
import { EXIT } from './command.js'
import { main } from './main.js'

/**
 * `nozomi` as a process. What the application prints while it is loaded goes to standard error, so that standard output holds
 * the result and nothing else. The process ends when the command has, whatever the application has left open.
 */
export async function runProcess(): Promise<void> {
  process.setSourceMapsEnabled(true)
  const write = process.stdout.write.bind(process.stdout)
  process.stdout.write = process.stderr.write.bind(process.stderr) as typeof process.stdout.write
  const output: Output = {
    print: (text) => void write(`${text}\n`),
    note: (text) => void process.stderr.write(`${text}\n`),
    hasColors: process.stdout.isTTY && process.stdout.hasColors() && !process.env['NO_COLOR'],
  }
  const code = await exitCodeOf(output)
  // When all that was printed has been written.
  write('', () => process.exit(code))
}

async function exitCodeOf(output: Output): Promise<number> {
  try {
    return await main(process.argv.slice(2), output)
  } catch (error) {
    output.note(error instanceof Error ? String(error.stack) : String(error))
    return EXIT.usage
  }
}
