/**
 * Loaded into each process of a test run (`node --import`): writes down the test file when the process fails. What a
 * test reporter hears does not tell: a test that several files share is reported where it is written.
 */
import { appendFileSync } from 'node:fs'

const list = process.env.NOZOMI_FAILED_FILES

// How the runner ends a file that takes too long; without this nothing would be written down.
process.once('SIGTERM', () => process.exit(1))

process.on('exit', (code) => {
  if (code !== 0 && list) appendFileSync(list, `${process.argv[1]}\n`)
})
