import assert from 'node:assert/strict'
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, afterEach, before, describe, it } from 'node:test'
import { type OpenCatalogue, openCatalogue } from '../catalogue/open-catalogue.js'
import { SilentLog } from '../support/silent-log.js'
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.js'

const BY_NAME = { key: 'name', descending: false } as const
const ALL = { category: null, minPrice: null, maxPrice: null, inStock: null, terms: [] }

interface Opened {
  readonly storage: OpenCatalogue
  readonly log: SilentLog
}

const opened: OpenCatalogue[] = []

async function open(folder: TemporaryFolder): Promise<Opened> {
  const log = new SilentLog()
  const storage = await openCatalogue({ kind: 'pglite', folder: folder.path }, true, log)
  opened.push(storage)
  return { storage, log }
}

async function countOf({ products }: OpenCatalogue): Promise<number> {
  return (await products.page(ALL, BY_NAME, 0, 1)).total
}

const DAMAGES: Readonly<Record<string, (folder: string) => void>> = {
  'has an empty control file': (folder) => truncateSync(join(folder, 'database/global/pg_control'), 0),
  'has pages of other bytes': overwritePages,
  'has a marker that says nothing': (folder) => writeFileSync(join(folder, 'database.json'), ''),
}

describe('the folder of the embedded database', () => {
  const original = temporaryFolder()
  let sampleCount = 0

  before(async () => {
    const { storage } = await open(original)
    sampleCount = await countOf(storage)
    await storage.products.remove(1, 1)
    await storage.close()
  })

  // What a test that failed left open would keep the process from ending.
  afterEach(async () => {
    for (const storage of opened.splice(0)) await storage.close().catch(() => {})
  })

  after(() => original.remove())

  const copy = (damage: (folder: string) => void) => {
    const folder = temporaryFolder()
    cpSync(original.path, folder.path, { recursive: true })
    damage(folder.path)
    return folder
  }

  for (const [name, damage] of Object.entries(DAMAGES)) {
    it(`is made anew when the database ${name}; what was there is kept beside it`, async () => {
      const folder = copy(damage)
      const { storage, log } = await open(folder)
      assert.equal(await countOf(storage), sampleCount)
      await storage.close()
      assert.match(log.lines.join('\n'), /can not be opened; making a new one/)
      const aside = readdirSync(folder.path).filter((entry) => entry.startsWith('database-unusable-'))
      assert.equal(aside.length, 1)
      assert.ok(log.lines.some((line) => line.includes(aside[0] ?? '-')))
      folder.remove()
    })
  }

  it('is made anew when the database has no version, and the old one is kept untouched', async () => {
    const folder = copy((path) => rmSync(join(path, 'database/PG_VERSION')))
    const control = readFileSync(join(folder.path, 'database/global/pg_control'))
    const { storage } = await open(folder)
    assert.equal(await countOf(storage), sampleCount)
    const aside = readdirSync(folder.path).find((entry) => entry.startsWith('database-unusable-')) ?? '-'
    // PGlite by itself would have made a new database over it.
    assert.deepEqual(readFileSync(join(folder.path, aside, 'global/pg_control')), control)
    await storage.close()
    folder.remove()
  })

  it('is made anew when the database is gone, and opened as it is the next time', async () => {
    const folder = copy((path) => rmSync(join(path, 'database'), { recursive: true }))
    const { storage } = await open(folder)
    assert.equal(await storage.products.remove(1, 1), true)
    await storage.close()
    const again = await open(folder)
    assert.equal(await countOf(again.storage), sampleCount - 1)
    assert.deepEqual(again.log.lines, [])
    await again.storage.close()
    folder.remove()
  })

  it('is made anew when nobody finished making it, and nothing is kept of the half', async () => {
    const folder = copy((path) => rmSync(join(path, 'database.json')))
    const { storage, log } = await open(folder)
    assert.equal(await countOf(storage), sampleCount)
    await storage.close()
    assert.match(log.lines.join('\n'), /was not finished/)
    assert.deepEqual(readdirSync(folder.path).toSorted(), ['database', 'database.json'])
    folder.remove()
  })

  it('is free again when it could not be opened', async () => {
    const folder = copy(() => {})
    const first = await open(folder)
    await assert.rejects(open(folder), /is in use by process/)
    await first.storage.close()
    assert.ok(!existsSync(join(folder.path, 'lock')))
    await (await open(folder)).storage.close()
    folder.remove()
  })
})

/** Breaks each page of the tables that are ours: their checksums do not fit any more. */
function overwritePages(folder: string): void {
  const base = join(folder, 'database/base/5')
  for (const name of readdirSync(base)) {
    if (!/^\d{5,}$/.test(name)) continue
    const bytes = readFileSync(join(base, name))
    for (let page = 0; page < bytes.length; page += 8192) bytes.fill(0xa5, page + 100, page + 200)
    writeFileSync(join(base, name), bytes)
  }
}
