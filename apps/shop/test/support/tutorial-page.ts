import { readFileSync } from 'node:fs'

/*
 * The tutorial docs/tutorials/the-shop.md, as its test reads it. What the words behind a block's language say:
 *
 *     sh setup           defines what all shells of the page have
 *     console            commands after `$ `, and what they print, on the shop as it is
 *     console changed    the same, on the shop with all changes of the page
 *     console NAME=x     the same, on a shop of its own, as it is, with these variables
 *     diff file=<path>   a change of a file
 *     ... file=<path>    a new file
 *
 * A command goes on in lines that begin with `> `. In what is printed, `...` stands for anything, and a line that
 * begins with blanks continues the one before.
 */

export interface Block {
  readonly language: string
  readonly words: readonly string[]
  readonly text: string
  /** Of its fence, counted from 1. */
  readonly line: number
  /** The page before it. */
  readonly before: string
}

export interface Command {
  readonly line: number
  readonly command: string
  readonly prints: string
}

export function readTutorial(): readonly Block[] {
  const page = readFileSync(new URL('../../../../docs/tutorials/the-shop.md', import.meta.url), 'utf8')
  return [...page.matchAll(/^```(\S+)(.*)\n([^]*?)^```$/gm)].map(
    ({ 1: language = '', 2: words = '', 3: text = '', index }) => {
      const before = page.slice(0, index)
      return {
        language,
        words: words.split(' ').filter((word) => word !== ''),
        text,
        line: before.split('\n').length,
        before,
      }
    },
  )
}

/** The path that a block names. */
export function fileOf({ words }: Block): string | null {
  return words.find((word) => word.startsWith('file='))?.slice('file='.length) ?? null
}

export function commandsOf({ text, line }: Block): readonly Command[] {
  const commands: { line: number; command: string; prints: string }[] = []
  for (const [index, content] of text.split('\n').entries()) {
    const last = commands.at(-1)
    if (content.startsWith('$ '))
      commands.push({ line: line + 1 + index, command: content.slice(2), prints: '' })
    else if (last === undefined) throw new Error(`line ${line}: the block begins with no command`)
    else if (content.startsWith('> ')) last.command += `\n${content.slice(2)}`
    else last.prints += `${content}\n`
  }
  return commands
}

/** A text with its continued lines joined. */
export function joined(text: string): string {
  return text.trimEnd().replaceAll(/\n +/g, '')
}

/** What a command must print, when it is joined. */
export function patternOf(prints: string): RegExp {
  const parts = joined(prints).split('...')
  return new RegExp(`^${parts.map(escaped).join('[^]*')}$`)
}

/** The text with the change of a `diff` block made. Each part after a line `@@` is looked for by itself. */
export function changed(source: string, diff: string): string {
  return diff
    .split(/^@@.*\n/m)
    .filter((part) => part !== '')
    .reduce((text, part) => {
      const lines = part.replace(/\n$/, '').split('\n')
      const side = (sign: string) =>
        lines.filter((line) => line[0] !== sign).map((line) => `${line.slice(1)}\n`)
      const [before, after] = [side('+').join(''), side('-').join('')]
      const [head, tail, ...others] = text.split(before)
      if (head === undefined || tail === undefined || others.length > 0)
        throw new Error(`the lines must be in the file once:\n${before}`)
      return `${head}${after}${tail}`
    }, source)
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
}
