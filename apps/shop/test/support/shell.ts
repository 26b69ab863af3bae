import { type ChildProcess, spawn, spawnSync } from 'node:child_process'

/** Between what a command prints and what comes after it. */
const END = '\u001E'
const LIMIT_MS = 120_000

/** Why commands of a shell can't be run; false when they can. */
export function shellIsMissing(): string | false {
  for (const [name, ...words] of [
    ['sh', '-c', ':'],
    ['curl', '--version'],
  ] as const)
    if (spawnSync(name, words).status !== 0) return `there is no ${name}`
  return false
}

/** A POSIX shell that runs commands one after another, as somebody at a terminal does. */
export class Shell {
  readonly #child: ChildProcess
  #printed = ''

  /** `variables` are all that it sees of the environment, beside where programs and the tests' servers are. */
  constructor(folder: string, variables: Readonly<Record<string, string>>) {
    const kept = Object.entries(process.env).filter(([name]) => /^(PATH|HOME|TMPDIR|TEST_\w+)$/.test(name))
    this.#child = spawn('sh', [], {
      cwd: folder,
      env: { ...Object.fromEntries(kept), ...variables },
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    this.#child.stdout?.setEncoding('utf8').on('data', (text: string) => (this.#printed += text))
    this.#child.stdin?.write('exec 2>&1\n')
  }

  /** What a command prints, on both its outputs. */
  async run(command: string): Promise<string> {
    this.#printed = ''
    this.#child.stdin?.write(`${command}\nprintf '\\036'\n`)
    const deadline = Date.now() + LIMIT_MS
    while (!this.#printed.endsWith(END)) {
      if (this.#child.exitCode !== null || Date.now() > deadline)
        throw new Error(`the command did not end:\n${command}\n${this.#printed}`)
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
    return this.#printed.slice(0, -END.length).replaceAll('\r', '').trimEnd()
  }

  close(): void {
    this.#child.stdin?.end()
    this.#child.kill()
  }
}
