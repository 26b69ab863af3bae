/** Where a command writes. */
export interface Output {
  /** Results, and nothing else. */
  print(text: string): void
  /** What a person should know beside them. */
  note(text: string): void
  /** Whether results go to a terminal that shows colours. */
  readonly hasColors: boolean
}

/** How a process that ran a command ends. */
export const EXIT = { fine: 0, found: 1, usage: 2 } as const

/** One command of `nozomi`: `nozomi <name> <arguments>`. */
export interface Command {
  readonly name: string
  /** One line for the list of commands. */
  readonly summary: string
  /** What `nozomi <name> --help` shows. */
  readonly usage: string
  /**
   * @param args what comes after the name
   * @returns the exit code
   * @throws UsageError for arguments that can't be meant
   */
  run(args: readonly string[], output: Output): Promise<number>
}
