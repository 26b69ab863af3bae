import { readFile } from 'node:fs/promises'
import { isAbsolute, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse as parseYaml } from 'yaml'
import type { ApiDocument } from '../drift/document.js'
import { FuzzError } from './fuzz-error.js'

/**
 * A document of OpenAPI from its text, as JSON or YAML.
 *
 * @param name what it is called in errors
 * @throws FuzzError for what is none.
 */
export function parseDocument(text: string, name: string): ApiDocument {
  const value = parsed(text, name)
  if (typeof value === 'object' && value !== null && 'openapi' in value) return value as ApiDocument
  throw new FuzzError(`${name} is no document of OpenAPI: it has no member openapi`)
}

function parsed(text: string, name: string): unknown {
  try {
    return /^\s*\{/u.test(text) ? JSON.parse(text) : parseYaml(text)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new FuzzError(`${name} is neither JSON nor YAML: ${reason}`, { cause: error })
  }
}

/**
 * Reads a document of OpenAPI: JSON or YAML, from a file or a URL.
 *
 * @param source a path, relative to the working directory; or a URL of HTTP or of a file: `new URL('openapi.json', import.meta.url)`
 * @throws FuzzError when it can't be read, or is none.
 */
export async function readDocument(source: string | URL): Promise<ApiDocument> {
  const text = String(source)
  if (/^https?:\/\//u.test(text)) return parseDocument(await fetched(text), text)
  const file = text.startsWith('file:') ? fileURLToPath(text) : text
  return parseDocument(await readText(file), file)
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw new FuzzError(`${file} can't be read: ${reasonOf(file, error as NodeJS.ErrnoException)}`, {
      cause: error,
    })
  }
}

/** A relative path is right in one directory, and wrong in the next: both are told. */
function reasonOf(file: string, { code, message }: NodeJS.ErrnoException): string {
  if (code !== 'ENOENT') return message
  if (isAbsolute(file)) return 'there is no such file'
  return `there is no file ${resolve(file)} (a relative path begins at the working directory); give an absolute path, or new URL('${file}', import.meta.url)`
}

async function fetched(url: string): Promise<string> {
  try {
    const response = await fetch(url)
    if (response.ok) return await response.text()
    throw new FuzzError(`${url} answers ${response.status}`)
  } catch (error) {
    if (error instanceof FuzzError) throw error
    throw new FuzzError(`${url} can't be asked: ${(error as Error).message}`, { cause: error })
  }
}
