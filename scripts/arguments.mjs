import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'

/**
 * Reads the arguments of a program, given by its URL. With `--help` the process ends with the comment at the top of the
 * program, which says how it is used; with arguments that the program does not know, it ends with what is wrong.
 */
export function readArguments(program, { options, allowPositionals = false }) {
  const help = { help: { type: 'boolean', short: 'h', default: false } }
  let read
  try {
    read = parseArgs({ allowPositionals, options: { ...options, ...help } })
  } catch (error) {
    console.error(`${error.message}\n\n${usageOf(program)}`)
    process.exit(2)
  }
  if (read.values.help) {
    console.log(usageOf(program))
    process.exit()
  }
  return read
}

/** The first comment of a program, without its stars. */
function usageOf(program) {
  const [, comment] = /\/\*\*\n(.*?)\n \*\//s.exec(readFileSync(new URL(program), 'utf8'))
  return comment.replaceAll(/^ \* ?/gm, '')
}
