import { explain, formatExplanation } from '@nozomi/insight'
import { readArguments } from '../arguments.js'
import { type Command, EXIT } from '../command.js'
import { formatJson } from '../json.js'
import { loadApplication } from '../loading/load-application.js'
import { UsageError } from '../usage-error.js'

export const explainCommand: Command = {
  name: 'explain',
  summary: 'say what runs for a request, what does not, and why',
  usage: `Usage: nozomi explain <app file> <method> <path> [--all] [--json]

Names each layer that runs for a request, with its parameters, and where the request ends; for a 404 the nearest routes. Nothing
of the application runs for it.

  --all    also the layers whose path or method differs
  --json   as JSON

Example: nozomi explain app.js GET /api/users/42`,
  async run(args, output) {
    const options = { all: { type: 'boolean' }, json: { type: 'boolean' } } as const
    const { values, positionals } = readArguments(args, options, [
      'the application file',
      'the method',
      'the path',
    ])
    const [file, method, path] = positionals as [string, string, string]
    const app = await loadApplication(file)
    const explanation = explained(() => explain(app, method, path))
    output.print(
      values.json ? formatJson(explanation) : formatExplanation(explanation, { all: values.all === true }),
    )
    return EXIT.fine
  },
}

/** A method or a path that can't be one is the caller's to mend. */
function explained<T>(ask: () => T): T {
  try {
    return ask()
  } catch (error) {
    throw error instanceof TypeError ? new UsageError(error.message) : error
  }
}
