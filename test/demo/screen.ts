/** What the demo shows. With `--json` it goes to standard error, so that standard output is for machines. */
export interface Screen {
  step(text: string): void
  note(text: string): void
  good(text: string): void
  bad(text: string): void
}

const paint = (code: number, text: string, on: boolean): string => (on ? `\u001b[${code}m${text}\u001b[0m` : text)

export const makeScreen = (json: boolean): Screen => {
  const stream = json ? process.stderr : process.stdout
  const colour = stream.isTTY === true && !process.env.NO_COLOR
  const print = (text: string) => stream.write(`${text}\n`)
  return {
    step: (text) => print(`\n${paint(1, text, colour)}`),
    note: (text) => print(`  ${text}`),
    good: (text) => print(`  ${paint(32, '✔', colour)} ${text}`),
    bad: (text) => print(`  ${paint(31, '✘', colour)} ${text}`),
  }
}
