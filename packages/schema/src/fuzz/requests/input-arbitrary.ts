import * as fc from 'fast-check'
import type { ApiDescription } from '../../drift/api-description.js'
import type {
  DescribedContent,
  DescribedOperation,
  DescribedParameter,
  LocatedSchema,
} from '../../drift/document.js'
import { boundedFilter, ifSatisfiable, Unsatisfiable } from '../arbitraries/unsatisfiable.js'
import type { ValueSource } from '../arbitraries/value-source.js'
import { isWritable } from './body-bytes.js'
import { isCarried, isDescribed } from './described-input.js'
import type { FuzzBody, FuzzInput } from './fuzz-input.js'
import { parametersIn, writeRequest } from './wire-request.js'

/** Ids of earlier answers are taken in so many of so many cases, if there are any. */
const KNOWN_OF = 8

/**
 * Inputs of an operation, each as the document describes it.
 *
 * @throws Unsatisfiable where a required part can't be made; inputs of the arbitrary may throw it, too.
 */
export function inputArbitrary(
  api: ApiDescription,
  source: ValueSource,
  operation: DescribedOperation,
): fc.Arbitrary<FuzzInput> {
  const place = (name: DescribedParameter['in']): fc.Arbitrary<Record<string, unknown>> =>
    parametersArbitrary(api, source, parametersIn(operation, name))
  const inputs = fc.record(
    {
      parameters: fc.record(
        { path: place('path'), query: place('query'), header: place('header'), cookie: place('cookie') },
        { noNullPrototype: true },
      ),
      body: bodyArbitrary(source, operation),
      extraQuery: fc.constant([]),
      known: fc.nat({ max: KNOWN_OF }),
    },
    { noNullPrototype: true },
  )
  return boundedFilter(inputs, (input) =>
    isDescribed(api, operation, input, writeRequest(api, operation, input)),
  )
}

function parametersArbitrary(
  api: ApiDescription,
  source: ValueSource,
  parameters: readonly DescribedParameter[],
): fc.Arbitrary<Record<string, unknown>> {
  const model: Record<string, fc.Arbitrary<unknown>> = {}
  for (const parameter of parameters) {
    const make = (): fc.Arbitrary<unknown> => parameterArbitrary(api, source, parameter)
    const values = parameter.required ? make() : ifSatisfiable(make)
    if (values) model[parameter.name] = values
  }
  const requiredKeys = parameters.filter(({ required }) => required).map(({ name }) => name)
  return fc.record(model, { requiredKeys, noNullPrototype: true })
}

const plainTexts = fc.stringMatching(/^[A-Za-z0-9_-]{1,12}$/u)

function parameterArbitrary(
  api: ApiDescription,
  source: ValueSource,
  parameter: DescribedParameter,
): fc.Arbitrary<unknown> {
  const { schema, examples } = parameter
  const values = schema ? source.valuesOf(schema) : plainTexts
  return boundedFilter(withExamples(values, examples), (value) => isCarried(api, parameter, value))
}

function bodyArbitrary(source: ValueSource, { body }: DescribedOperation): fc.Arbitrary<FuzzBody | null> {
  const content = body?.content.filter(({ mediaType }) => isWritable(mediaType)) ?? []
  const bodies = content.flatMap((one) => ifSatisfiable(() => contentArbitrary(source, one)) ?? [])
  if (body?.required && bodies.length === 0) throw new Unsatisfiable('no body can be made')
  if (bodies.length === 0) return fc.constant(null)
  const some = fc.oneof(...bodies)
  return body?.required
    ? some
    : fc.oneof({ weight: 4, arbitrary: some }, { weight: 1, arbitrary: fc.constant(null) })
}

function contentArbitrary(
  source: ValueSource,
  { mediaType, schema, examples }: DescribedContent,
): fc.Arbitrary<FuzzBody> {
  const anything: LocatedSchema | null = schema
  const values = anything ? source.valuesOf(anything) : plainTexts
  return withExamples(values, examples).map((value) => ({ mediaType, value }))
}

function withExamples(values: fc.Arbitrary<unknown>, examples: readonly unknown[]): fc.Arbitrary<unknown> {
  if (examples.length === 0) return values
  return fc.oneof({ weight: 4, arbitrary: values }, { weight: 1, arbitrary: fc.constantFrom(...examples) })
}
