import { extname } from 'node:path'
import { type Choices, type Coding, EXTENSIONS } from './content-coding.js'
import { closeFile, type FoundFile } from './open-file.js'
import type { Look } from './find-file.js'

/*
 * Files that were compressed beforehand, and lie beside the one they stand for: `app.js.br`, `app.js.gz`.
 */

const ENCODED: ReadonlySet<string> = new Set(Object.values(EXTENSIONS))

/** Whether a file is itself encoded: then it is sent as it is, because its name was asked for. */
export function isEncodedName(path: string): boolean {
  return ENCODED.has(extname(path))
}

/**
 * The one of the files that the client wants most; null where none is there that it takes.
 *
 * What is older than the file was made of another version of it, and counts as missing.
 */
export function findRepresentation(
  file: FoundFile,
  choices: Choices,
  index: number,
  look: Look,
  found: (file: FoundFile | null) => void,
): void {
  const coding = choices[index]
  if (coding === null) found(file)
  else if (coding === undefined) found(null)
  else lookBeside(file, coding, choices, index, look, found)
}

function lookBeside(
  file: FoundFile,
  coding: Coding,
  choices: Choices,
  index: number,
  look: Look,
  found: (file: FoundFile | null) => void,
): void {
  look(`${file.path}${EXTENSIONS[coding]}`, (_, encoded) => {
    if (encoded === null) findRepresentation(file, choices, index + 1, look, found)
    else if (encoded.stat.mtimeMs < file.stat.mtimeMs) {
      closeFile(encoded)
      findRepresentation(file, choices, index + 1, look, found)
    } else {
      encoded.coding = coding
      found(encoded)
    }
  })
}
