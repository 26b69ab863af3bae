export const inapplicable = {}
