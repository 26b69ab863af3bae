/**
 * What can't be meant of a contract, and would be refused at registration, is refused by the type checker. It takes more than the type
 * `Contract`: what a type parameter is inferred from is held to the constraint alone, which lets through whatever it does not name.
 */
import type { BodyByType, Contract, FileRule, ResponseContract } from './contract.js'
import type { InputOf, Schema } from './schema.js'

/**
 * What has to be true of a contract besides: `unknown` where nothing is wrong, else its members with messages for types, which
 * no value has.
 */
export type Refused<C extends Contract> = VerdictOf<C> extends 'wrong' ? Messages<C> : unknown

/**
 * Perf: one comparison tells of most contracts that nothing is wrong. That is 2 % of the instantiations of a route (24 of 1,700; test/types).
 * A closer look takes 90 or more, and 200 where it has to be worked out what a schema takes.
 *
 * Invariant: it is `right` of `any`. So a function of somebody's own that has a contract, or a schema, as its type parameter and hands it to
 * `validate()` compiles: the type checker then looks whether the verdict could be `wrong` with `any` in the place of the parameter.
 */
type VerdictOf<C extends Contract> =
  Facts<C, keyof C, StatusesOf<C['response']>> extends Facts<Usual, keyof Contract, StatusText>
    ? 'right'
    : [FaultsOf<C>] extends ['fine']
      ? 'right'
      : 'wrong'

/** Perf: compared argument by argument. Of tuples all members of lists would be made, for each route. */
interface Facts<out C, out Keys, out Statuses> {
  readonly facts: [C, Keys, Statuses]
}

/** What needs no closer look. */
interface Usual extends UsualRequest {
  readonly response?: { readonly [status: number | string]: Schema | null }
}

interface UsualRequest extends UsualParts {
  readonly body?: Schema | null
  readonly files?: never
  readonly extensions?: never
}

/** Invariant: it names all members. A contract that shares none with it would be another kind of thing to the type checker. */
interface UsualParts extends Omit<Contract, Parts> {
  readonly params?: ObjectSchema
  readonly query?: ObjectSchema
  readonly headers?: ObjectSchema
  readonly cookies?: ObjectSchema
}

type Parts = 'params' | 'query' | 'headers' | 'cookies'

/**
 * Perf: what the schemas of objects have in Zod, Valibot and ArkType (where lists have all that objects do, and more). What they take
 * has not to be worked out then.
 */
type ObjectSchema =
  | { readonly shape: object }
  | { readonly entries: object }
  | { readonly props: object; readonly atLeastLength?: never }

type Hundreds = 1 | 2 | 3 | 4 | 5
type Digit = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9
type StatusText = `${Hundreds}${Digit}${Digit}` | `${Hundreds}XX` | 'default'
type StatusesOf<R> = `${keyof R & (string | number)}`

type FaultsOf<C extends Contract> =
  | KeysFault<C, keyof Contract>
  | ([C] extends [UsualRequest] ? 'fine' : RequestFault<C>)
  | AnswersFault<C['response']>

type RequestFault<C extends Contract> =
  | ([C] extends [UsualParts] ? 'fine' : PartsFault<C>)
  | BodyFault<C['body']>
  | FilesFault<C['files']>
  | KeysFault<C['extensions'], `x-${string}`>

type PartsFault<C extends Contract> =
  | FieldsFault<InputOf<C['params']>>
  | FieldsFault<InputOf<C['query']>>
  | FieldsFault<InputOf<C['headers']>>
  | FieldsFault<InputOf<C['cookies']>>

/** Of a record whose keys are not known nothing is said. */
type KeysFault<T, Known> = [keyof T] extends [Known] ? 'fine' : string extends keyof T ? 'fine' : 'bad'

/** `never` is what libraries say that say nothing. */
type FieldsFault<Input> = [Input] extends [never]
  ? 'fine'
  : [unknown] extends [Input]
    ? 'fine'
    : [Input] extends [Fieldless]
      ? 'bad'
      : 'fine'

type Fieldless = string | number | bigint | boolean | symbol | null | undefined | readonly unknown[]

type BodyFault<B> = [unknown] extends [B]
  ? 'fine'
  : [B] extends [Schema | null | undefined]
    ? 'fine'
    : KeysFault<B, keyof BodyByType>

type FilesFault<F> = FileFault<F[keyof F]>

type FileFault<Rule> = Rule extends FileRule ? KeysFault<Rule, keyof FileRule> : 'fine'

type AnswersFault<R> = StatusesFault<R> | AnswerFault<R[keyof R]>

type StatusesFault<R> = [StatusesOf<R>] extends [StatusText]
  ? 'fine'
  : number extends keyof R
    ? 'fine'
    : 'bad'

type AnswerFault<A> = [unknown] extends [A]
  ? 'fine'
  : A extends Schema | null | undefined
    ? 'fine'
    : KeysFault<A, keyof ResponseContract> | ContentFault<A>

type ContentFault<A> = A extends { readonly content: infer Content }
  ? KeysFault<Content, keyof BodyByType>
  : 'fine'

/** The type of what can't be there: no value has it, and whoever gives one reads why. */
interface Not<Why> {
  readonly '~why': Why
}

type Messages<C> = '~standard' extends keyof C
  ? {
      readonly '~standard': Not<'this is a schema, and no contract: name the part that it is of, as in { body: schema }'>
    }
  : WrongKeys<C, keyof Contract, 'a contract has no such member'> & {
      readonly [Name in keyof C & keyof Contract]: MessageOf<Name, C[Name]>
    }

type MessageOf<Name, Part> = Name extends 'params' | 'query' | 'headers' | 'cookies'
  ? FieldsFault<InputOf<Part>> extends 'fine'
    ? unknown
    : Not<'the values come as an object, by name: z.object({ … })'>
  : Name extends 'body'
    ? BodyFault<Part> extends 'fine'
      ? unknown
      : WrongMediaTypes<Part>
    : Name extends 'response'
      ? AnswerMessages<Part>
      : Name extends 'files'
        ? {
            readonly [Field in keyof Part]: WrongKeys<
              Part[Field],
              keyof FileRule,
              'a rule of files has no such member'
            >
          }
        : Name extends 'extensions'
          ? WrongKeys<Part, `x-${string}`, 'the name has to begin with x-'>
          : unknown

type AnswerMessages<R> = WrongKeys<
  R,
  StatusText,
  "this is no status: keys are statuses, ranges like '4XX', and 'default'"
> & {
  readonly [Status in keyof R]: AnswerFault<R[Status]> extends 'fine' ? unknown : AnswerMessage<R[Status]>
}

type AnswerMessage<A> = WrongKeys<A, keyof ResponseContract, 'an answer has no such member'> &
  (A extends { readonly content: infer Content } ? { readonly content: WrongMediaTypes<Content> } : unknown)

type WrongMediaTypes<T> = WrongKeys<
  T,
  keyof BodyByType,
  'this is no media type: write it like application/json'
>

/** A member that is null would make all of the object `never`: its message is the name of one that is missing. */
type WrongKeys<T, Known, Why extends string> = {
  readonly [Key in keyof T as `${Key & (string | number)}` extends Known
    ? never
    : T[Key] extends null
      ? `${Key & (string | number)}: ${Why}`
      : Key]: Not<Why>
}
