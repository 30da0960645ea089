import type { Cell } from './cell'
import { settle } from './cell'
import type { Fault } from './matrix'
import { order } from './office'
import { pooled, sleep } from './waiting'

type Parts = Pick<Fault, 'prepare' | 'during'>

/** They stay with the vendor until somebody takes them. */
const held = async ({ play }: Cell): Promise<void> => {
  await play.office.control('deliveries/auto', { on: false })
}

const deliver = (webhooks: Request[]): Promise<unknown> =>
  pooled(webhooks, 6, (webhook) =>
    fetch(webhook.clone()).then(
      ({ status }) => status,
      () => 0,
    ),
  )

/** A fresh stamp for each round: the connector refuses old ones, and minutes pass in seconds here. */
const take = (cell: Cell): Promise<Request[]> => cell.play.office.world.deliveries()

const tellAgain = async ({ play, sources, random }: Cell, share: number): Promise<void> => {
  for (const source of sources) if (random.chance(share)) await play.tell(source)
}

export const duplicated: Parts = {
  prepare: held,
  async during([cell]) {
    await tellAgain(cell, 0.3)
    const webhooks = await take(cell)
    await deliver(webhooks)
    await deliver(cell.random.shuffled(webhooks))
    await sleep(cell.random.between(500, 2_000))
    await deliver(webhooks.filter(() => cell.random.chance(0.5)))
    cell.struck += webhooks.length
  },
}

export const reordered: Parts = {
  prepare: held,
  async during([cell]) {
    for (let round = 0; round < 2; round += 1) {
      await tellAgain(cell, 0.5)
      const webhooks = await take(cell)
      await deliver(cell.random.shuffled(webhooks))
      cell.struck += webhooks.length
    }
  },
}

export const late: Parts = {
  prepare: held,
  async during([cell]) {
    await order(cell.play.office, 'poll')
    await settle(cell, 4_000, 120_000)
    const webhooks = await take(cell)
    await deliver(webhooks.reverse())
    cell.struck += webhooks.length
  },
}

export const lost: Parts = {
  prepare: held,
  async during([cell]) {
    const webhooks = await take(cell)
    const kept = webhooks.filter(() => cell.random.chance(0.3))
    await deliver(kept)
    cell.struck += webhooks.length - kept.length
  },
}
