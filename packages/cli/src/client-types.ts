import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import type { OpenApiDocument } from '@nozomi/schema'
import { UsageError } from './usage-error.js'

/** What is used of openapi-typescript. */
interface Generator {
  readonly default: (document: unknown) => Promise<unknown>
  readonly astToString: (types: unknown) => string
}

/**
 * The types of a document as openapi-typescript writes them: `paths` for `createClient<paths>()`, `components`, `operations`. Nothing
 * is asked of a network.
 *
 * @param file the application: what is installed beside it comes first
 * @throws UsageError where openapi-typescript, or the TypeScript 5 that it works with, is not installed
 */
export async function formatClientTypes(document: OpenApiDocument, file: string): Promise<string> {
  const { default: generate, astToString } = generatorNear(file)
  // It writes into what it is given.
  const types = await generate(structuredClone(document))
  return `// Made by: nozomi openapi --types. Not to be edited.\n\n${astToString(types)}`
}

function generatorNear(file: string): Generator {
  const reasons: string[] = []
  for (const from of [resolve(file), import.meta.url]) {
    try {
      return createRequire(from)('openapi-typescript') as Generator
    } catch (error) {
      reasons.push((error as Error).message.split('\n', 1)[0] as string)
    }
  }
  throw new UsageError(
    `--types needs openapi-typescript, with the TypeScript 5 that it works with: npm install --save-dev openapi-typescript typescript@5 (${reasons[0]})`,
  )
}
