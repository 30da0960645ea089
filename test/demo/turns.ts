import type { Screen } from './screen'

type Line = [keyof Screen, string]

export interface HeldScreen extends Screen {
  /** What was said so far is shown, and from now on everything as it happens. */
  open(): void
}

/** Pairs run beside each other, but each is told as one story: what it says waits for its turn. */
export const heldScreen = (screen: Screen): HeldScreen => {
  const held: Line[] = []
  let isOpen = false
  const say =
    (how: keyof Screen) =>
    (text: string): void => {
      if (isOpen) screen[how](text)
      else held.push([how, text])
    }
  return {
    step: say('step'),
    note: say('note'),
    good: say('good'),
    bad: say('bad'),
    open() {
      isOpen = true
      for (const [how, text] of held.splice(0)) screen[how](text)
    },
  }
}
