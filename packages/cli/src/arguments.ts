import { parseArgs, type ParseArgsConfig } from 'node:util'
import { UsageError } from './usage-error.js'

type Options = NonNullable<ParseArgsConfig['options']>

type Parsed<O extends Options> = ReturnType<
  typeof parseArgs<{ options: O; args: string[]; allowPositionals: true; strict: true }>
>

/**
 * Reads the arguments of a command.
 *
 * @throws UsageError for options that it does not have, and for positional arguments that are too few or too many.
 */
export function readArguments<O extends Options>(
  args: readonly string[],
  options: O,
  positionals: readonly string[],
): Parsed<O> {
  const parsed = parse(args, options)
  const given = parsed.positionals.length
  if (given < positionals.length) throw new UsageError(`${positionals[given]} is missing`)
  if (given > positionals.length) {
    throw new UsageError(`${parsed.positionals[positionals.length]} is one argument too many`)
  }
  return parsed
}

function parse<O extends Options>(args: readonly string[], options: O): Parsed<O> {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}
