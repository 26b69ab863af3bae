/**
 * The types of the page's calls, of the OpenAPI document: what `createClient<paths>()` is told. Of the document they hold what the page
 * can ask for, and what it can get.
 */
import openapiTypes, { astToString } from 'openapi-typescript'

const HEAD = `/*
 * Made of the shop's OpenAPI document: npm run page-types -w apps/shop. Not to be edited.
 */

`

/** The page speaks the first version of the API; what has no versions, such as the graph, it may ask, too. */
const ASKED = /^\/(?!v(?!1\/)\d+\/)/

/** Whatever was asked: every answer that is no success. */
const PROBLEM = '#/components/schemas/Problem'

/** Sorted by name: in which order modules come does not matter. */
const OPTIONS = { alphabetize: true, defaultNonNullable: false, immutable: true }

export async function formatPageTypes(document) {
  return HEAD + astToString(await openapiTypes(documentOfPage(document), OPTIONS))
}

function documentOfPage({ openapi, info, paths, components }) {
  const asked = mapValues(
    Object.fromEntries(Object.entries(paths).filter(([path]) => ASKED.test(path))),
    (operations) => mapValues(operations, operationOfPage),
  )
  return { openapi, info, paths: asked, components: { schemas: schemasIn(asked, components.schemas) } }
}

/** Problems are the same for all operations, and 304 is for the browser, which has the answer then. */
function operationOfPage({ summary, description, parameters, requestBody, responses }) {
  const successes = Object.entries(responses).filter(([status]) => status.startsWith('2'))
  return {
    summary,
    ...(description && { description }),
    ...(parameters && { parameters }),
    ...(requestBody && { requestBody }),
    responses: mapValues(Object.fromEntries(successes), responseOfPage),
  }
}

/** The page accepts JSON; the other notations of the same are for others. */
function responseOfPage({ description, content }) {
  const json = content?.['application/json']
  return { description, ...(content && { content: json ? { 'application/json': json } : content }) }
}

/** The schemas that something refers to, and those to which they refer. */
function schemasIn(paths, schemas) {
  const used = {}
  const texts = [JSON.stringify(paths), JSON.stringify({ $ref: PROBLEM })]
  for (const text of texts) {
    for (const [, name] of text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      if (name in used) continue
      used[name] = schemas[name]
      texts.push(JSON.stringify(schemas[name]))
    }
  }
  return used
}

function mapValues(object, map) {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, map(value)]))
}
