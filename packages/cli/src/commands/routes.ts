import { formatRoutes, routes } from '@nozomi/insight'
import { readArguments } from '../arguments.js'
import { type Command, EXIT } from '../command.js'
import { formatJson } from '../json.js'
import { loadApplication } from '../loading/load-application.js'

export const routesCommand: Command = {
  name: 'routes',
  summary: 'list the routes of an application, with all that runs for each',
  usage: `Usage: nozomi routes <app file> [--json]

Lists every route: its method and full path, the middleware and handlers that run for it, and where it was registered.

  --json   as JSON`,
  async run(args, output) {
    const { values, positionals } = readArguments(args, { json: { type: 'boolean' } }, [
      'the application file',
    ])
    const list = routes(await loadApplication(positionals[0] as string))
    output.print(values.json ? formatJson(list) : formatRoutes(list))
    return EXIT.fine
  },
}
