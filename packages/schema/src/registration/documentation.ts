import { expectBoolean, expectString, isRecord, isTextList, type Rule } from '../problems/given.js'
import type { Documentation } from '../types/contract.js'

/** What a contract says for the document: what is right of each member. */
export const DOCUMENTATION: Readonly<Record<keyof Documentation, Rule>> = {
  summary: expectString,
  description: expectString,
  operationId: expectString,
  tags: (value) => (isTextList(value) ? null : "it is a list of texts: ['users']"),
  deprecated: expectBoolean,
  security: (value) =>
    Array.isArray(value) && value.every(isRequirement)
      ? null
      : "it is a list of names of security schemes: ['session'], or of such with scopes: [{ oauth: ['orders:write'] }]",
  externalDocs: (value) =>
    isRecord(value) && typeof value['url'] === 'string' ? null : "it has a URL: { url: 'https://…' }",
  examples: (value) =>
    typeof value === 'object' && value !== null ? null : 'it is a list, or a record by name',
  extensions: (value) =>
    isRecord(value) && Object.keys(value).every((name) => name.startsWith('x-'))
      ? null
      : "its members have names that begin with x-: { 'x-permission': 'orders:write' }",
  hidden: expectBoolean,
}

function isRequirement(value: unknown): boolean {
  return typeof value === 'string' || (isRecord(value) && Object.values(value).every(isTextList))
}
