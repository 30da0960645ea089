import { it } from 'vitest'
import { recordsOf } from '../support/office'
import { openPlay } from './play'

it('x', async () => {
  const play = await openPlay()
  const line = { product: 0, quantity: 1, cents: 100, taxes: [] } as const
  const f = { do: 'fault', fault: { vendor: 'cin7', method: 'POST', kind: 'drop-before', times: 1, skip: 0 } } as const
  await play.all([
    { do: 'draft', line: { ...line, taxes: [] }, currency: 'EUR', customer: 1, approve: true },
    { do: 'draft', line: { ...line, taxes: [] }, currency: 'USD', customer: 1, approve: true },
    f,
    f,
    { do: 'poll' },
    { do: 'settle' },
  ])
  for (const r of await recordsOf(play.office)) console.log(JSON.stringify(r))
  console.log(
    JSON.stringify(
      (await play.office.world.calls('cin7')).map(
        (c) => `${c.method} ${c.path} ${c.query} ${c.status} ${c.fault ?? ''}`,
      ),
      null,
      1,
    ),
  )
  play.close()
})
