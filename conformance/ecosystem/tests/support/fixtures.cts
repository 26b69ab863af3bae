import { join } from 'node:path'

/** The absolute path of a file under `tests/fixtures`, which the runner copies beside the compiled tests. */
export function fixture(...names: string[]): string {
  return join(__dirname, '..', 'fixtures', ...names)
}
