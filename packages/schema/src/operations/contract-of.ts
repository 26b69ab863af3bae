import type { AnyHandler } from '@nozomi/insight/layers'
import type { Contract, Responses } from '../types/contract.js'
import type { Attached } from '../types/step.js'

/** Where agents for monitoring keep the function that they have wrapped. */
const WRAPPED = ['__original', '__sentry_original__'] as const
const MOST_WRAPPERS = 10

/** The contract that a handler carries, or the one that an agent has wrapped; null for none. */
export function attachedTo(handler: AnyHandler): Attached | null {
  let one: unknown = handler
  for (let i = 0; i <= MOST_WRAPPERS && typeof one === 'function'; i++) {
    const carried = valueOf(one, '~contract') as Attached | undefined
    if (typeof carried?.contract === 'object' && carried.contract !== null) return carried
    const wrapper: object = one
    one = WRAPPED.map((name) => valueOf(wrapper, name)).find((value) => typeof value === 'function')
  }
  return null
}

/** No getter runs. */
function valueOf(owner: object, name: string): unknown {
  try {
    return Object.getOwnPropertyDescriptor(owner, name)?.value
  } catch {
    return undefined
  }
}

/**
 * What two contracts say together, of which a request meets the first one first. The later one wins, member by member; answers, files and
 * extensions are merged by status, by field and by name, and tags are added.
 */
export function mergeContracts(first: Contract, second: Contract): Contract {
  const merged: Contract = { ...first, ...definedOf(second) }
  const response: Responses | undefined =
    first.response && second.response ? { ...first.response, ...second.response } : merged.response
  const files = first.files && second.files ? { ...first.files, ...second.files } : merged.files
  const tags = first.tags && second.tags ? [...new Set([...first.tags, ...second.tags])] : merged.tags
  // Examples are those of a body.
  const examples = second.body === undefined ? merged.examples : second.examples
  const extensions = first.extensions && { ...first.extensions, ...second.extensions }
  return definedOf({
    ...merged,
    response,
    files,
    tags,
    examples,
    extensions: extensions ?? merged.extensions,
  })
}

function definedOf(contract: { readonly [K in keyof Contract]?: Contract[K] | undefined }): Contract {
  return Object.fromEntries(Object.entries(contract).filter(([, value]) => value !== undefined))
}
