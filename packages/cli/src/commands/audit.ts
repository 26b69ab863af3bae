import { audit, countFindings, formatFindings, isAtLeast, type Severity } from '@nozomi/insight'
import { readArguments } from '../arguments.js'
import { type Command, EXIT } from '../command.js'
import { formatJson } from '../json.js'
import { loadApplication } from '../loading/load-application.js'
import { UsageError } from '../usage-error.js'

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'advice']

const OPTIONS = {
  'fail-on': { type: 'string', default: 'warning' },
  ignore: { type: 'string', multiple: true, default: [] as string[] },
  production: { type: 'boolean' },
  json: { type: 'boolean' },
} as const

export const auditCommand: Command = {
  name: 'audit',
  summary: 'find what is known to go wrong: the order of layers, dead routes, options',
  usage: `Usage: nozomi audit <app file> [--fail-on <severity>] [--ignore <rule>]... [--production] [--json]

Looks for middleware in the wrong order, routes that never run, and options that are not safe. Each finding says what is wrong,
where, why it matters, and how it is mended.

  --fail-on <severity>   end with 1 when something of this severity or above is found: error, warning or advice; default: warning
  --ignore <rule>        leave out a rule; may be given again
  --production           load and judge the application with NODE_ENV=production
  --json                 as JSON

Ends with 0 when nothing was found that it fails on, with 1 when something was, with 2 when it could not be run.`,
  async run(args, output) {
    const { values, positionals } = readArguments(args, OPTIONS, ['the application file'])
    const failOn = severityOf(values['fail-on'])
    if (values.production) process.env['NODE_ENV'] = 'production'
    const app = await loadApplication(positionals[0] as string)
    const findings = audit(app, { ignore: values.ignore })
    if (values.json) output.print(formatJson(findings))
    else {
      if (findings.length > 0) output.print(`${formatFindings(findings, { colors: output.hasColors })}\n`)
      output.print(countFindings(findings))
    }
    return findings.some(({ severity }) => isAtLeast(severity, failOn)) ? EXIT.found : EXIT.fine
  },
}

function severityOf(text: string): Severity {
  const severity = SEVERITIES.find((one) => one === text)
  if (severity !== undefined) return severity
  throw new UsageError(`--fail-on must be ${SEVERITIES.join(', ')}, not ${text}`)
}
