import { SHADOW_USAGE, shadowCommand as runShadowCommand } from '@nozomi/insight'
import type { Command } from '../command.js'

export const shadowCommand: Command = {
  name: 'shadow',
  summary: 'send the same requests to the application on Express and on Nozomi, and compare',
  usage: SHADOW_USAGE.trimEnd(),
  run(args, output) {
    return runShadowCommand(args, { stdout: whole(output.print), stderr: whole(output.note) })
  },
}

/** What the shadow run writes ends its last line, and so does what prints it. */
function whole(print: (text: string) => void): { write(text: string): void } {
  return { write: (text) => print(text.replace(/\n$/, '')) }
}
