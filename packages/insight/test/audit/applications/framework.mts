/** What the applications are written against: the same text runs on Nozomi and on stock Express. */
export type Framework = typeof import('nozomi').default
