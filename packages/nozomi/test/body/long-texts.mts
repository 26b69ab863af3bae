/*
 * Texts of `count` parameters that a careless parser takes quadratic time for.
 */
export const LONG_TEXTS = {
  'a=1': (count: number) => 'a=1&'.repeat(count),
  a: (count: number) => 'a&'.repeat(count),
  nothing: (count: number) => '&'.repeat(count),
  'a[]=1': (count: number) => 'a[]=1&'.repeat(count),
  'a[i]=1': (count: number) => joined(count, (index) => `a[${index}]=1`),
  'a[i]=1, from the last to the first': (count: number) =>
    joined(count, (index) => `a[${count - 1 - index}]=1`),
  'a[0][i]=1': (count: number) => joined(count, (index) => `a[0][${index}]=1`),
  'a[][k]=1': (count: number) => joined(count, (index) => `a[][k${index}]=1`),
  'a[k]=1': (count: number) => joined(count, (index) => `a[k${index}]=1`),
  'a=1 and a[i]=1': (count: number) => joined(count, (index) => (index % 2 ? `a[${index}]=1` : 'a=1')),
  'a[i]=1 and a[]=1': (count: number) => joined(count, (index) => (index % 2 ? `a[${index}]=1` : 'a[]=1')),
  'a[=1': (count: number) => joined(count, () => 'a[=1'),
} satisfies Record<string, (count: number) => string>

export type LongText = keyof typeof LONG_TEXTS

function joined(count: number, parameter: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => parameter(index)).join('&')
}
