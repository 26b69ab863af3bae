import type { Command } from './command.js'
import { auditCommand } from './commands/audit.js'
import { explainCommand } from './commands/explain.js'
import { fuzzCommand } from './commands/fuzz.js'
import { openapiCommand } from './commands/openapi.js'
import { routesCommand } from './commands/routes.js'
import { shadowCommand } from './commands/shadow.js'

/** Every command, in the order in which they are listed. */
export const COMMANDS: readonly Command[] = [
  routesCommand,
  explainCommand,
  auditCommand,
  openapiCommand,
  fuzzCommand,
  shadowCommand,
]
