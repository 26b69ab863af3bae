// The parameters that a path names. Compiled only: what is wrong here fails `tsc -b`.

import { expectTypeOf } from 'expect-type'
import type { ParamValue, PathParams, SplatValue } from '#dist/client/path-params.js'

expectTypeOf<PathParams<'/'>>().toEqualTypeOf<{}>()
expectTypeOf<PathParams<'/orgs/:org/users/:user'>>().toEqualTypeOf<{ org: ParamValue; user: ParamValue }>()
expectTypeOf<PathParams<'/:from-:to'>>().toEqualTypeOf<{ from: ParamValue; to: ParamValue }>()
expectTypeOf<PathParams<'/:file.:ext'>>().toEqualTypeOf<{ file: ParamValue; ext: ParamValue }>()
expectTypeOf<PathParams<'/:"any name"/x'>>().toEqualTypeOf<{ 'any name': ParamValue }>()
expectTypeOf<PathParams<'/users{/:id}'>>().toEqualTypeOf<{ id?: ParamValue }>()
expectTypeOf<PathParams<'/users{/:id{.:ext}}/:x'>>().toEqualTypeOf<{
  id?: ParamValue
  ext?: ParamValue
  x: ParamValue
}>()
expectTypeOf<PathParams<'/files/*path'>>().toEqualTypeOf<{ path: SplatValue }>()
expectTypeOf<PathParams<'/a\\:b/:c'>>().toEqualTypeOf<{ c: ParamValue }>()
expectTypeOf<PathParams<'/user/:id?'>>().toEqualTypeOf<{ id?: ParamValue }>()
expectTypeOf<PathParams<'/user/:id(\\d+)/x'>>().toEqualTypeOf<{ id: ParamValue }>()
expectTypeOf<PathParams<string>>().toEqualTypeOf<{ [name: string]: ParamValue | SplatValue | undefined }>()
