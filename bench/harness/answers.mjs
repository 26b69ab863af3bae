/** Differ with the moment, or with the version of node. */
const FIELDS_OF_THE_MOMENT = new Set(['date', 'keep-alive', 'connection'])

/** What is wrong with an answer: one sentence for each fault. */
export function faultsOf(answer, expect) {
  const faults = []
  if (answer.status !== expect.status) faults.push(`status ${answer.status}, and not ${expect.status}`)
  for (const [name, wanted] of Object.entries(expect.fields)) {
    const value = answer.fields[name]
    if (!isAsWanted(value, wanted)) faults.push(`${name}: ${value}, and not ${wanted}`)
  }
  if (expect.body !== undefined && answer.body.toString() !== expect.body) {
    faults.push(`body ${excerptOf(answer.body.toString())}, and not ${excerptOf(expect.body)}`)
  }
  return faults
}

/** Where the fields of an answer differ from those of Express. */
export function fieldFaultsOf(answer, answerOfExpress) {
  const names = new Set([...Object.keys(answer.fields), ...Object.keys(answerOfExpress.fields)])
  return [...names]
    .filter((name) => !FIELDS_OF_THE_MOMENT.has(name))
    .map((name) => ({ name, value: answer.fields[name], wanted: answerOfExpress.fields[name] }))
    .filter(({ value, wanted }) => String(value) !== String(wanted))
    .map(({ name, value, wanted }) => `${name}: ${value}, where Express sends ${wanted}`)
}

function isAsWanted(value, wanted) {
  if (wanted instanceof RegExp) return typeof value === 'string' && wanted.test(value)
  return value === wanted
}

function excerptOf(text) {
  return text.length <= 200
    ? JSON.stringify(text)
    : `${JSON.stringify(text.slice(0, 200))}... (${text.length} characters)`
}
