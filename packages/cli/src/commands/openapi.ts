import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import {
  type DocumentOptions,
  formatYaml,
  type LeftOut,
  leftOutOf,
  openapiDocument,
  openapiOptionsOf,
} from '@nozomi/schema'
import { readArguments } from '../arguments.js'
import { formatClientTypes } from '../client-types.js'
import { type Command, EXIT, type Output } from '../command.js'
import { formatJson } from '../json.js'
import { loadApplication } from '../loading/load-application.js'
import { UsageError } from '../usage-error.js'

const OPTIONS = {
  yaml: { type: 'boolean' },
  out: { type: 'string' },
  check: { type: 'string' },
  types: { type: 'string' },
  title: { type: 'string' },
  'api-version': { type: 'string' },
  server: { type: 'string', multiple: true },
} as const

export const openapiCommand: Command = {
  name: 'openapi',
  summary: 'print the OpenAPI 3.1 document of an application, made from its routes',
  usage: `Usage: nozomi openapi <app file> [--yaml] [--out <file>] [--check <file>] [--types <file>] [--title <text>]
                      [--api-version <version>] [--server <url>]...

Describes every route: its path and parameters, and what its contract says of bodies and answers. Of routes without a contract, what
express-validator, celebrate, Joi and Zod middleware says in front of them, where it can be read. An application that serves its
document by openapi() is described with what it gives there.

  --yaml                 as YAML; of a file whose name ends with .yaml or .yml that is so anyway
  --out <file>           into a file instead of to standard output
  --check <file>         compare with a file, print nothing, and end with 1 when it is not the same
  --types <file>         types for createClient<paths>() into a file, and the document only where --out wants it; needs
                         openapi-typescript, which is to be installed beside the application
  --title <text>         the name of the API; default: that of openapi(), else the name in package.json
  --api-version <text>   the version of the API; default: that of openapi(), else the version in package.json
  --server <url>         where the API is; may be given again

Routes that no document can describe are named on standard error. Ends with 0, with 1 when --check finds a difference, with 2 when
it could not be run.`,
  async run(args, output) {
    const { values, positionals } = readArguments(args, OPTIONS, ['the application file'])
    const file = positionals[0] as string
    if (values.types !== undefined && values.check !== undefined) {
      throw new UsageError('--types and --check can not be used together')
    }
    const app = await loadApplication(file)
    const own = openapiOptionsOf(app)
    const servers = values.server?.map((url) => ({ url })) ?? own?.servers
    const options: DocumentOptions = {
      ...own,
      info: infoOf(file, own, values),
      ...(servers === undefined ? {} : { servers }),
    }
    const document = described(() => openapiDocument(app, options))
    noteLeftOut(leftOutOf(app, options), output)
    const target = values.check ?? values.out
    const isYaml = values.yaml === true || /\.ya?ml$/u.test(target ?? '')
    const text = isYaml ? formatYaml(document).trimEnd() : formatJson(document)
    if (values.check !== undefined) return compare(values.check, text, output)
    if (values.types !== undefined) write(values.types, (await formatClientTypes(document, file)).trimEnd())
    if (values.out !== undefined) write(values.out, text)
    else if (values.types === undefined) output.print(text)
    return EXIT.fine
  },
}

/** What the application says of itself comes before what its package does. */
function infoOf(
  file: string,
  own: DocumentOptions | null,
  given: { readonly title?: string | undefined; readonly 'api-version'?: string | undefined },
): DocumentOptions['info'] {
  const manifest = own === null ? manifestOf(resolve(file)) : {}
  const info = own?.info ?? { title: manifest.name ?? 'API', version: manifest.version ?? '0.0.0' }
  return { ...info, title: given.title ?? info.title, version: given['api-version'] ?? info.version }
}

/** The package.json that is nearest to a file. */
function manifestOf(file: string): { readonly name?: string; readonly version?: string } {
  const folder = dirname(file)
  const path = join(folder, 'package.json')
  try {
    if (existsSync(path)) return JSON.parse(readFileSync(path, 'utf8')) as { name?: string; version?: string }
  } catch {
    // What can't be read says nothing.
  }
  return folder === file ? {} : manifestOf(folder)
}

/** What the document can't be made of is the application's to mend. */
function described<T>(make: () => T): T {
  try {
    return make()
  } catch (error) {
    const { code } = error as { code?: unknown }
    throw error instanceof Error && String(code).startsWith('NOZOMI_SCHEMA_')
      ? new UsageError(error.message)
      : error
  }
}

const REASONS: Partial<Record<LeftOut['reason'], string>> = {
  path: 'no template can say its path',
  method: 'OpenAPI 3.1 has no such method',
}

function noteLeftOut(leftOut: readonly LeftOut[], output: Output): void {
  for (const { operation, reason } of leftOut) {
    const why = REASONS[reason]
    if (why !== undefined) output.note(`left out: ${operation.method} ${operation.path}: ${why}`)
  }
}

function compare(file: string, text: string, output: Output): number {
  if (!existsSync(file)) throw new UsageError(`there is no file ${file}`)
  const kept = readFileSync(file, 'utf8').trimEnd()
  if (kept === text) return EXIT.fine
  output.note(`${file} is not the document of the application: make it anew with --out ${file}`)
  output.note(firstDifference(kept.split('\n'), text.split('\n')))
  return EXIT.found
}

function firstDifference(kept: readonly string[], wanted: readonly string[]): string {
  const longer = wanted.length > kept.length ? wanted : kept
  const at = longer.findIndex((_, i) => kept[i] !== wanted[i])
  return `first in line ${at + 1}: ${shown(kept[at])} there, ${shown(wanted[at])} by the routes`
}

function shown(line: string | undefined): string {
  return line === undefined ? 'the end' : line.trim().replace(/,$/u, '')
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, `${text}\n`)
  } catch (error) {
    throw new UsageError(`${file} can't be written: ${(error as Error).message}`)
  }
}
