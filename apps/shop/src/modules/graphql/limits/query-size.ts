import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql'
import { DEFAULT_FIRST, MAX_FIRST } from '../schema/schema.js'

/** How deep a query goes, and how many values it may bring. */
export interface QuerySize {
  readonly depth: number
  readonly cost: number
}

type Variables = Readonly<Record<string, unknown>>

/** How many a list may hold, where no argument says it. */
const LIST_SIZES: Readonly<Record<string, number>> = { categories: 20, images: 8 }

const NOTHING: QuerySize = { depth: 0, cost: 0 }

/**
 * Measures an operation before it is executed. Each field costs 1, what is in a list as often as the list may be long.
 * A fragment is measured once, however often it is spread: else a short text of fragments that spread one another
 * twice would take for ever to measure.
 */
export function sizeOf(
  operation: OperationDefinitionNode,
  document: DocumentNode,
  variables: Variables,
): QuerySize {
  const fragments = new Map(
    document.definitions
      .filter(
        (definition): definition is FragmentDefinitionNode => definition.kind === Kind.FRAGMENT_DEFINITION,
      )
      .map((fragment) => [fragment.name.value, fragment]),
  )
  const measured = new Map<string, QuerySize>()

  const ofSelections = ({ selections }: SelectionSetNode): QuerySize => {
    let [depth, cost] = [0, 0]
    for (const selection of selections) {
      const size = ofSelection(selection)
      depth = Math.max(depth, size.depth)
      cost += size.cost
    }
    return { depth, cost }
  }

  const ofSelection = (selection: SelectionSetNode['selections'][number]): QuerySize => {
    if (selection.kind === Kind.FIELD) return ofField(selection)
    if (selection.kind === Kind.INLINE_FRAGMENT) return ofSelections(selection.selectionSet)
    return ofFragment(selection.name.value)
  }

  const ofFragment = (name: string): QuerySize => {
    const known = measured.get(name)
    if (known !== undefined) return known
    // One that spreads itself ends here; that it does, another rule says.
    measured.set(name, NOTHING)
    const fragment = fragments.get(name)
    const size = fragment === undefined ? NOTHING : ofSelections(fragment.selectionSet)
    measured.set(name, size)
    return size
  }

  const ofField = (field: FieldNode): QuerySize => {
    // The schema is small and of one size; whether it may be asked for, another rule says.
    if (field.name.value.startsWith('__')) return { depth: 0, cost: 1 }
    const inner = field.selectionSet === undefined ? NOTHING : ofSelections(field.selectionSet)
    return { depth: inner.depth + 1, cost: 1 + inner.cost * lengthOf(field, variables) }
  }

  return ofSelections(operation.selectionSet)
}

/** How often what is in a field may come. */
function lengthOf(field: FieldNode, variables: Variables): number {
  const name = field.name.value
  if (name !== 'products') return LIST_SIZES[name] ?? 1
  const value = field.arguments?.find((argument) => argument.name.value === 'first')?.value
  if (value === undefined) return DEFAULT_FIRST
  const first = value.kind === Kind.VARIABLE ? variables[value.name.value] : numberOf(value)
  // What is no number in bounds is refused elsewhere; here it counts as the most.
  return typeof first === 'number' && first >= 1 && first <= MAX_FIRST ? first : MAX_FIRST
}

function numberOf(value: { readonly kind: string; readonly value?: unknown }): number | null {
  return value.kind === Kind.INT ? Number(value.value) : null
}
