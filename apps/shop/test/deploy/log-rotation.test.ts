import assert from 'node:assert/strict'
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, writeFileSync, writeSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { temporaryFolder } from '../support/temporary-folder.js'

const RULES = new URL('../../deploy/logrotate/shop', import.meta.url)

/** Why logs can't be rotated; false when they can. */
function logrotateIsMissing(): string | false {
  return spawnSync('logrotate', ['--version']).error === undefined ? false : 'there is no logrotate'
}

describe('the rotation of a log file', { skip: logrotateIsMissing() }, () => {
  const folder = temporaryFolder()

  after(() => folder.remove())

  it('keeps what was written, and lets the shop, which has it open, go on at its beginning', () => {
    const logs = join(folder.path, 'logs')
    mkdirSync(logs)
    const [file, rules] = [join(logs, 'shop.log'), join(folder.path, 'rules')]
    // logrotate trusts no rules that others may write.
    const text = readFileSync(RULES, 'utf8').replaceAll('/var/log/shop/', `${logs}/`)
    writeFileSync(rules, text, { mode: 0o644 })
    const shop = openSync(file, 'a')
    writeSync(shop, '{"msg":"before"}\n')
    const { status, stderr } = spawnSync(
      'logrotate',
      ['--force', '--state', join(folder.path, 'state'), rules],
      {
        encoding: 'utf8',
      },
    )
    assert.equal(status, 0, stderr)
    writeSync(shop, '{"msg":"after"}\n')
    closeSync(shop)
    assert.equal(readFileSync(file, 'utf8'), '{"msg":"after"}\n')
    const [rotated = '', ...others] = readdirSync(logs).filter((name) => name !== 'shop.log')
    assert.match(rotated, /^shop\.log-\d{8}$/)
    assert.deepEqual(others, [])
    assert.equal(readFileSync(join(logs, rotated), 'utf8'), '{"msg":"before"}\n')
  })
})
