import { type Expectations, readExpectations } from './expectation.mjs'
import type { Block, Page } from './markdown.mjs'

/** A program of the docs, with the files that stand before it on its page. */
export interface Example {
  name: string
  /** By path in the project; the last block that gives a path wins. */
  files: Map<string, string>
  /** The file that is run. */
  main: string
  env: Record<string, string>
  expectations: Expectations
}

const EXTENSIONS: Record<string, string> = { js: '.js', ts: '.ts', mjs: '.mjs', cjs: '.cjs' }

/** A block that holds a program: it must be run, or be a file of a program that is. */
export function isProgram(block: Block): boolean {
  return block.language in EXTENSIONS
}

/**
 * The programs of a page.
 *
 * A block is marked by the words behind its language:
 *
 *     run              a program of its own
 *     run=<path>       (language `http`) runs that file of the page, and says what it answers
 *     file=<path>      a file, for this and all later programs of the page
 *     cjs              the program is a CommonJS module
 *     env=<NODE_ENV>   what NODE_ENV is
 *     express          the program is run once more, with stock Express in the place of Nozomi
 */
export function examplesOf(page: Page): Example[] {
  const files = new Map<string, string>()
  const unused = new Map<string, Block>()
  const examples: Example[] = []
  for (const block of page.blocks) {
    const path = wordOf(block, 'file')
    const started = wordOf(block, 'run')
    if (isProgram(block) && path === undefined && !block.words.includes('run')) {
      throw new Error(`${page.path}:${block.line}: the block says neither "run" nor "file=<path>"`)
    }
    if (path !== undefined) {
      files.set(path, block.text)
      unused.set(path, block)
    }
    if (!block.words.includes('run') && started === undefined) continue
    const main = started ?? path ?? `main${extensionOf(block)}`
    if (started !== undefined && !files.has(started)) {
      throw new Error(`${page.path}:${block.line}: no block before this one is the file ${started}`)
    }
    const example = createExample(page, block, main, files)
    examples.push(example)
    if (block.words.includes('express')) examples.push(onExpress(example))
    unused.clear()
  }
  for (const [path, block] of unused) {
    if (isProgram(block)) throw new Error(`${page.path}:${block.line}: ${path} is in no program that is run`)
  }
  return examples
}

function createExample(page: Page, block: Block, main: string, files: Map<string, string>): Example {
  const isHttp = block.language === 'http'
  const all = new Map(files)
  if (!isHttp) all.set(main, block.text)
  const env = wordOf(block, 'env')
  return {
    name: `${page.path}:${block.line}`,
    files: all,
    main,
    env: env === undefined ? {} : { NODE_ENV: env },
    expectations: readExpectations(block.text, !isHttp),
  }
}

/** The same, with the lines changed that the docs say have to be; under `express` examples find Nozomi. */
function onExpress(example: Example): Example {
  const files = Array.from(example.files, ([path, text]) => {
    const changed = text
      .replace(/^import nozomi\b(.*) from 'nozomi'$/gm, "import express$1 from 'stock-express'")
      .replace(/\bnozomi(?=\(|\.\w+\(|\n +\.\w+\()/g, 'express')
    return [path, changed] as const
  })
  if (files.every(([path, text]) => text === example.files.get(path))) {
    throw new Error(`${example.name}: nothing in it is of Nozomi`)
  }
  return { ...example, name: `${example.name} on Express`, files: new Map(files) }
}

function extensionOf(block: Block): string {
  return block.words.includes('cjs') ? '.cjs' : (EXTENSIONS[block.language] as string)
}

function wordOf(block: Block, name: string): string | undefined {
  return block.words.find((word) => word.startsWith(`${name}=`))?.slice(name.length + 1)
}
