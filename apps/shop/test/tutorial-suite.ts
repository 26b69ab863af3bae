import assert from 'node:assert/strict'
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { startTestService, type TestService } from '#shipping/test/support/test-service.js'
import { Shell, shellIsMissing } from './support/shell.js'
import { type TemporaryFolder, temporaryFolder } from './support/temporary-folder.js'
import type { Framework } from './support/test-shop.js'
import {
  type Block,
  changed,
  commandsOf,
  fileOf,
  joined,
  patternOf,
  readTutorial,
} from './support/tutorial-page.js'

/*
 * Everything that the tutorial shows is done on a copy of the shop, and prints what the tutorial says; then all its
 * changes are made, built, and looked at in the same way, on Nozomi. support/tutorial-page.ts says how the page is marked.
 */

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const COMPILER = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc')
const START_LIMIT_MS = 60_000
/** Where the tutorial has the shipping service. */
const SHIPPING = 'http://127.0.0.1:4100'

const BLOCKS = readTutorial()
const CONSOLES = BLOCKS.filter(({ language }) => language === 'console')
const SETUP = BLOCKS.filter(({ language, words }) => language === 'sh' && words.includes('setup'))

/** On Express the same shop is started by its other main file; what the tutorial shows is the same. */
export function describeTutorial(framework: Framework): void {
  describe(`the tutorial on ${framework}`, { skip: shellIsMissing() }, () => {
    let folder: TemporaryFolder
    let shipping: TestService

    before(async () => {
      folder = temporaryFolder()
      copyShop(folder.path)
      shipping = await startTestService()
    })

    after(async () => {
      await shipping?.stop()
      folder?.remove()
    })

    const variablesOf = ({ words }: Block): Record<string, string> =>
      Object.fromEntries(
        words
          .filter((word) => /^[A-Z_]+=/.test(word))
          .map((word) => word.replace(SHIPPING, shipping.httpAddress).split(/=(.*)/s).slice(0, 2)),
      )

    /** Runs the commands of some blocks, each a test, on one shop. */
    const describeCommands = (
      name: string,
      blocks: readonly Block[],
      prepare: () => void = () => {},
    ): void => {
      describe(name, () => {
        let shop: StartedShop
        let shell: Shell

        before(async () => {
          prepare()
          const [first] = blocks
          shop = await startShop(framework, folder.path, first === undefined ? {} : variablesOf(first))
          shell = new Shell(folder.path, {})
          for (const { text } of SETUP) await shell.run(text)
          await shell.run(`SHOP=${shop.address} SHIPPING=${shipping.httpAddress}`)
        })

        after(async () => {
          shell?.close()
          await shop?.stop()
        })

        for (const { command, prints, line } of blocks.flatMap(commandsOf)) {
          it(`line ${line}: ${command.split('\n', 1)[0]}`, async () => {
            assert.match(joined(await shell.run(command)), patternOf(prints))
          })
        }
      })
    }

    describeCommands(
      'shows what the shop answers',
      CONSOLES.filter(({ words }) => words.length === 0),
    )

    for (const block of CONSOLES.filter(({ words }) => words.some((word) => word.includes('='))))
      describeCommands(`shows what changes with ${block.words.join(' ')}`, [block])

    // Changed, compiled and bundled once: what that shows is of the shop, whatever serves it.
    if (framework === 'nozomi') {
      describeCommands(
        'makes changes that show',
        CONSOLES.filter(({ words }) => words.includes('changed')),
        () => {
          for (const block of BLOCKS) makeChange(folder.path, block)
          for (const project of ['apps/shop', 'apps/shop/test'])
            runNode(COMPILER, '-p', join(folder.path, project))
          runNode(join(folder.path, 'apps/shop/page/build.mjs'))
        },
      )
    }

    it('tells the reader which file each block is for', () => {
      for (const block of BLOCKS) {
        const path = fileOf(block)
        if (path === null) continue
        const near = block.before.split('\n').slice(-16).join('\n')
        assert.ok(near.includes(basename(path)), `line ${block.line} does not name ${path}`)
      }
    })

    it('has commands of each kind', () => {
      assert.ok(SETUP.length === 1 && CONSOLES.length > 20)
    })
  })
}

/** The shop as it was built, in a repository of its own that borrows all packages. */
function copyShop(folder: string): void {
  const from = join(ROOT, 'apps/shop')
  const to = join(folder, 'apps/shop')
  mkdirSync(to, { recursive: true })
  const isLeftOut = (path: string): boolean => /\/(node_modules|\.data)$/.test(path)
  cpSync(from, to, { recursive: true, preserveTimestamps: true, filter: (path) => !isLeftOut(path) })
  // Else the embedded database would be made once more.
  if (existsSync(join(from, '.data/templates')))
    cpSync(join(from, '.data/templates'), join(to, '.data/templates'), { recursive: true })
  for (const name of ['node_modules', 'packages']) symlinkSync(join(ROOT, name), join(folder, name))
  for (const name of ['package.json', 'tsconfig.base.json']) cpSync(join(ROOT, name), join(folder, name))
}

function makeChange(folder: string, block: Block): void {
  const path = fileOf(block)
  if (path === null) return
  const file = join(folder, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(
    file,
    block.language === 'diff' ? changed(readFileSync(file, 'utf8'), block.text) : block.text,
  )
}

/** Fails with what it has printed. */
function runNode(...words: readonly string[]): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' })
  assert.equal(status, 0, `${words.join(' ')}\n${stdout}${stderr}`)
}

interface StartedShop {
  readonly address: string
  stop(): Promise<void>
}

/** The shop of the copy, in a process of its own; its data are those that the shop before has left. */
async function startShop(
  framework: Framework,
  folder: string,
  variables: Readonly<Record<string, string>>,
): Promise<StartedShop> {
  const main = join(folder, 'apps/shop/dist', framework === 'express' ? 'main-on-express.js' : 'main.js')
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(process.execPath, ['--enable-source-maps', main], {
    env: { PATH, HOME, PORT: '0', ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output = outputOf(child)
  const address = (): string | undefined => /open: +(http:\S+)/.exec(output())?.[1]
  const deadline = Date.now() + START_LIMIT_MS
  while (address() === undefined) {
    if (child.exitCode !== null || Date.now() > deadline) {
      child.kill('SIGKILL')
      throw new Error(`the shop did not start:\n${output()}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return {
    address: address() ?? '',
    stop: async () => {
      child.kill('SIGTERM')
      if (child.exitCode === null) await once(child, 'exit')
      assert.equal(child.exitCode, 0, output())
    },
  }
}

function outputOf(child: ChildProcess): () => string {
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => (output += text))
  return () => output
}
