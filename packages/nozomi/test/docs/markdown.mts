import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The root of the repository: this file runs as `packages/nozomi/build/test/docs/markdown.js`. */
export const ROOT = fileURLToPath(new URL('../../../../../', import.meta.url))

/** A fenced block: three backticks, a language, words, and what stands between the fences. */
export interface Block {
  language: string
  /** The words behind the language: `run`, `cjs`, `file=app.js`. */
  words: string[]
  text: string
  /** The line of the opening fence, counted from 1. */
  line: number
}

export interface Link {
  target: string
  line: number
}

export interface Page {
  /** From the root of the repository, with slashes. */
  path: string
  blocks: Block[]
  links: Link[]
  /** The anchors of its headings, as GitHub makes them. */
  anchors: Set<string>
  headings: string[]
}

/** Folders that hold no pages of ours. */
const PASSED_OVER = /^(node_modules|build|dist|coverage|fixtures|\..*)$/

/** All Markdown files of the repository. */
export function readPages(): Page[] {
  return findPages(ROOT).toSorted().map(readPage)
}

function findPages(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (PASSED_OVER.test(entry.name)) return []
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return findPages(path)
    return entry.name.endsWith('.md') ? [relative(ROOT, path).replaceAll('\\', '/')] : []
  })
}

/** Reads one page, given by its path from the root of the repository. */
export function readPage(path: string): Page {
  return parsePage(path, readFileSync(join(ROOT, path), 'utf8'))
}

const FENCE = /^( *)(`{3,})([^`]*)$/

export function parsePage(path: string, source: string): Page {
  const page: Page = { path, blocks: [], links: [], anchors: new Set(), headings: [] }
  let open: { fence: string; indent: number; block: Block; lines: string[] } | null = null
  for (const [index, line] of source.split('\n').entries()) {
    const fence = FENCE.exec(line)
    if (open) {
      if (fence && fence[2] === open.fence && fence[3]?.trim() === '') {
        open.block.text = open.lines.map((text) => text.slice(open?.indent)).join('\n')
        page.blocks.push(open.block)
        open = null
      } else open.lines.push(line)
    } else if (fence) {
      const [language = '', ...words] = (fence[3] as string).trim().split(/\s+/)
      const block = { language, words, text: '', line: index + 1 }
      open = { fence: fence[2] as string, indent: (fence[1] as string).length, block, lines: [] }
    } else readProse(page, line, index + 1)
  }
  if (open) throw new Error(`${path}:${open.block.line}: the block is never closed`)
  return page
}

function readProse(page: Page, line: string, number: number): void {
  const heading = /^#{1,6} +(.+?) *#*$/.exec(line)?.[1]
  if (heading !== undefined) {
    page.headings.push(heading)
    page.anchors.add(freeAnchor(page.anchors, anchorOf(heading)))
  }
  for (const [, name] of line.matchAll(/<a (?:id|name)="([^"]+)"/g)) page.anchors.add(name as string)
  const text = line.replace(/`[^`]*`/g, '``')
  for (const [, target] of text.matchAll(/\]\(<?([^()\s>]+(?:\([^()]*\))?)>?(?: "[^"]*")?\)/g)) {
    page.links.push({ target: target as string, line: number })
  }
  const definition = /^\[[^\]]+\]: +(\S+)/.exec(text)?.[1]
  if (definition) page.links.push({ target: definition, line: number })
}

/** GitHub's anchor of a heading: lower case, blanks as hyphens, no punctuation but `-` and `_`. */
export function anchorOf(heading: string): string {
  return heading
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M} _-]/gu, '')
    .replaceAll(' ', '-')
}

function freeAnchor(taken: Set<string>, anchor: string): string {
  if (!taken.has(anchor)) return anchor
  let number = 1
  while (taken.has(`${anchor}-${number}`)) number++
  return `${anchor}-${number}`
}
