/** The samples of metrics in the text format of Prometheus. */
export interface Samples {
  has(name: string): boolean
  /** The sum of those that have these labels. */
  sum(name: string, labels: Readonly<Record<string, string>>): number
}

export function samplesOf(text: string): Samples {
  const samples = text.split('\n').flatMap((line) => {
    const [, name = '', labels = '', value = ''] = /^([a-z_:][\w:]*)(?:\{(.*)\})? (\S+)$/i.exec(line) ?? []
    return name === '' ? [] : [{ name, labels, value: Number(value) }]
  })
  return {
    has: (name) => samples.some((sample) => sample.name === name),
    sum: (name, labels) =>
      samples
        .filter((sample) => sample.name === name)
        .filter((sample) =>
          Object.entries(labels).every(([key, value]) => sample.labels.includes(`${key}="${value}"`)),
        )
        .reduce((sum, { value }) => sum + value, 0),
  }
}
