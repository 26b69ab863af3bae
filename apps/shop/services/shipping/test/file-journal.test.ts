import assert from 'node:assert/strict'
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { advance, announce, type Shipment } from '../src/domain/shipment.js'
import { StartError } from '../src/process/start-error.js'
import { FileJournal } from '../src/storage/file-journal.js'
import { openFileJournal } from '../src/storage/open-file-journal.js'
import { Unavailable } from '../src/use-cases/call.js'
import { silentLog } from './support/test-service.js'
import { temporaryFolder } from './support/temporary-folder.js'

const NOW = new Date('2025-03-03T12:00:00.000Z')

function aShipment(name: string): Shipment {
  const destination = { country: 'DE', postalCode: '10115' }
  return announce({ orderId: `order-${name}`, weightGrams: 5, destination, level: 'express' }, name, NOW)
}

describe('the journal in a file', () => {
  const folder = temporaryFolder()
  let files = 0
  const newFile = (): string => join(folder.path, `new-${(files += 1)}`, 'shipments.jsonl')

  after(() => folder.remove())

  async function kept(file: string): Promise<readonly Shipment[]> {
    const { journal, kept: found } = await openFileJournal(file, silentLog)
    await journal.close()
    return found
  }

  it('makes its folder, and begins empty', async () => {
    assert.deepEqual(await kept(newFile()), [])
  })

  it('keeps the latest state of each shipment, in the order in which they were made', async () => {
    const file = newFile()
    const { journal } = await openFileJournal(file, silentLog)
    const [a, b] = [aShipment('a'), aShipment('b')]
    await Promise.all([a, b, advance(a, NOW)].map((shipment) => journal.append(shipment)))
    await journal.append(advance(advance(a, NOW), NOW))
    await journal.close()
    assert.deepEqual(await kept(file), [advance(advance(a, NOW), NOW), b])
    assert.equal(readFileSync(file, 'utf8').trim().split('\n').length, 2, 'the file was made anew')
  })

  it('keeps thousands that come at the same time', async () => {
    const file = newFile()
    const { journal } = await openFileJournal(file, silentLog)
    const shipments = Array.from({ length: 3000 }, (_, index) => aShipment(`s${index}`))
    await Promise.all(shipments.map((shipment) => journal.append(shipment)))
    await journal.close()
    assert.deepEqual(await kept(file), shipments)
  })

  it('leaves out a line that was cut off, and what is no shipment', async () => {
    const file = newFile()
    const { journal } = await openFileJournal(file, silentLog)
    await journal.append(aShipment('a'))
    await journal.close()
    appendFileSync(file, '{"v":1,"tracking":"b"}\n{"v":2}\nnonsense\n{"v":1,"trac')
    assert.deepEqual(await kept(file), [aShipment('a')])
    assert.deepEqual(await kept(file), [aShipment('a')])
  })

  it('belongs to one process, and is taken over from one that is gone', async () => {
    const file = newFile()
    await kept(file)
    // The parent of this process runs for sure.
    writeFileSync(`${file}.lock`, String(process.ppid))
    await assert.rejects(openFileJournal(file, silentLog), (error) => {
      assert.ok(error instanceof StartError)
      assert.match(error.message, new RegExp(`in use by process ${process.ppid}.*SHIPPING_DATA_FILE`))
      return true
    })
    for (const gone of ['999999999', '', 'x', '-1', '0']) {
      writeFileSync(`${file}.lock`, gone)
      assert.deepEqual(await kept(file), [])
      assert.ok(!existsSync(`${file}.lock`))
    }
  })

  it('names the variable when the file can not be used', async () => {
    const file = newFile()
    mkdirSync(file, { recursive: true })
    await assert.rejects(openFileJournal(file, silentLog), (error) => {
      assert.ok(error instanceof StartError)
      assert.match(error.message, /^SHIPPING_DATA_FILE is ".*", which can not be used: /)
      return true
    })
    assert.ok(!existsSync(`${file}.lock`), 'the lock is let go')
  })

  it('says that nothing can be kept while the disk is full, and keeps the next when it is not', async () => {
    let isFull = true
    let text = ''
    const journal = new FileJournal(
      {
        appendFile: async (lines) => {
          // As a disk does it: a part of it is written.
          text += isFull ? lines.slice(0, lines.length / 2) : lines
          if (isFull) throw new Error('ENOSPC: no space left on device')
        },
        datasync: async () => {},
        close: async () => {},
      },
      async () => {},
    )
    await journal.check()
    await assert.rejects(journal.append(aShipment('a')), Unavailable)
    await assert.rejects(journal.check(), Unavailable)
    isFull = false
    await journal.append(aShipment('b'))
    await journal.check()
    isFull = true
    await assert.rejects(journal.append(aShipment('c')), Unavailable)
    isFull = false
    await journal.check()
    await journal.append(aShipment('d'))
    const file = newFile()
    await kept(file)
    writeFileSync(file, text)
    assert.deepEqual(await kept(file), [aShipment('b'), aShipment('d')])
  })

  it('takes nothing any more when it is closed, and what was under way is kept', async () => {
    const file = newFile()
    const { journal } = await openFileJournal(file, silentLog)
    const writing = journal.append(aShipment('a'))
    const closed = journal.close()
    await assert.rejects(journal.append(aShipment('b')), Unavailable)
    await assert.rejects(journal.check(), Unavailable)
    await Promise.all([writing, closed])
    assert.deepEqual(await kept(file), [aShipment('a')])
  })
})
