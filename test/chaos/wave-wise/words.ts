import { z } from 'zod'
import type { Random } from '../random'
import { booksOf } from './books'
import type { WaveWise } from './office'

export const decimal = (hundredths: number): string => (hundredths / 100).toFixed(2)

const Told = z.object({ data: z.record(z.string(), z.unknown()) })

const WORDS = ['North', 'Quay', 'Mill', 'Hill', 'Pine', 'Lake'] as const
const LETTERS = 'abcdefghij'

/** Wise takes no digits in the name of a person, so the number is written in letters. */
export const holder = (random: Random, number: number): string => {
  const spelt = [...String(number)].map((digit) => LETTERS[Number(digit)]).join('')
  return `${random.pick(WORDS)} Y${spelt}`
}

/** Wise tells the same once more, in another delivery; `about` = a number that is in it. */
export const tellAgain = async (office: WaveWise, wanted: string, about: string): Promise<void> => {
  const { notifications } = (await booksOf(office)).wise
  const told = notifications.findLast(({ event, body }) => event === wanted && body.includes(about))
  if (!told) return
  const { data } = Told.parse(JSON.parse(told.body))
  await office.world.act('wise', 'emit', { event: wanted, data })
}
