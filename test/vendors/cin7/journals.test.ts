import { describe, expect, it } from 'vitest'
import type { TargetRef } from '../../../src/core/flow'
import { type JournalDraft, journals } from '../../../src/vendors/cin7/journals'
import { Tasks } from './one-task'
import { type Ledger, MARKER, scripted, type Trouble } from './scripted'

const draft = (change: Partial<JournalDraft> = {}): JournalDraft => ({
  currency: 'CAD',
  rate: '1',
  date: '2026-03-14',
  narration: 'FreshBooks journal Depreciation',
  reference: 'JE 55',
  legs: [
    { account: '404', amount: '100.00' },
    { account: '710', amount: '-60' },
    { account: '711', amount: '-40' },
  ],
  ...change,
})
const dearer = () =>
  draft({
    legs: [
      { account: '404', amount: '120' },
      { account: '710', amount: '-120' },
    ],
  })

const create = async (tasks: Tasks, given = draft(), ledger?: Ledger, trouble?: Record<string, Trouble>) => {
  const run = scripted(tasks.handle, ledger, trouble)
  return { ...run, ref: await journals.create(run.api, given) }
}
const update = async (
  tasks: Tasks,
  target: TargetRef,
  given = dearer(),
  ledger?: Ledger,
  trouble?: Record<string, Trouble>,
) => {
  const run = scripted(tasks.handle, ledger, trouble)
  const ref = await journals.update?.(run.api, target, given)
  if (!ref) throw new Error('it cannot be changed')
  return { ...run, ref }
}
const remove = async (tasks: Tasks, target: TargetRef, ledger?: Ledger, trouble?: Record<string, Trouble>) => {
  const run = scripted(tasks.handle, ledger, trouble)
  await journals.remove?.(run.api, target)
  return run
}
const made = async () => {
  const tasks = new Tasks()
  const { ref } = await create(tasks)
  return { tasks, ref }
}

describe('a new journal', () => {
  it('is drafted, compared and completed, in two calls', async () => {
    const tasks = new Tasks()
    const { sent, reads, ref } = await create(tasks)
    expect(reads).toEqual([])
    expect(sent.map(({ step, call }) => [step, call.method, call.path])).toEqual([
      ['journal', 'POST', '/ExternalApi/v2/journal'],
      ['complete', 'PUT', '/ExternalApi/v2/journal'],
    ])
    const content = {
      Currency: 'CAD',
      CurrencyConversionRate: 1,
      EffectiveDate: '2026-03-14T00:00:00',
      Narration: 'FreshBooks journal Depreciation',
      Notes: MARKER,
      Lines: [
        { Debit: '404', Credit: '710', Reference: 'JE 55', Amount: 60, BaseAmount: 60 },
        { Debit: '404', Credit: '711', Reference: 'JE 55', Amount: 40, BaseAmount: 40 },
      ],
    }
    expect(sent.map(({ body }) => body)).toEqual([
      { Status: 'DRAFT', ...content },
      { TaskID: 'TASK-1', Status: 'COMPLETED', ...content },
    ])
    expect(ref).toEqual({ id: 'TASK-1', number: 'JR-1', facts: { shown: expect.stringMatching(/^[0-9a-f]{12}$/) } })
  })

  it('in another currency carries the amounts in the base currency, to the cent', async () => {
    const { sent } = await create(new Tasks(), draft({ currency: 'USD', rate: '1.35257' }))
    expect(sent[0]?.body.Lines).toMatchObject([
      { Amount: 60, BaseAmount: 81.15 },
      { Amount: 40, BaseAmount: 54.1 },
    ])
  })

  it.each(['journal', 'complete'])(
    'is made once where the answer of "%s" is lost, or nothing happened',
    async (step) => {
      for (const what of ['lost', 'never'] as const) {
        const tasks = new Tasks()
        const ledger: Ledger = new Map()
        await expect(create(tasks, draft(), ledger, { [step]: what })).rejects.toMatchObject({
          failure: { kind: 'uncertain' },
        })
        const { ref } = await create(tasks, draft(), ledger)
        expect(tasks.states).toEqual(['COMPLETED'])
        expect(ref.id).toBe('TASK-1')
      }
    },
  )

  it('is not completed where Cin7 took other amounts or another currency', async () => {
    const wrong: ((body: object) => object)[] = [
      (body) => ({ ...body, Lines: [{ Debit: '404', Credit: '710', Amount: 100, BaseAmount: 100 }] }),
      (body) => ({ ...body, Currency: 'USD' }),
      (body) => ({ ...body, Lines: null }),
    ]
    for (const takes of wrong) {
      const tasks = new Tasks()
      tasks.takes = (body) => ({ ...takes(body) })
      await expect(create(tasks)).rejects.toMatchObject({ failure: { kind: 'totals' } })
      expect(tasks.states).toEqual(['DRAFT'])
    }
  })

  it('is not believed where Cin7 did not complete it', async () => {
    const tasks = new Tasks()
    tasks.takes = (body) => ({ ...body, Status: 'DRAFT' })
    await expect(create(tasks)).rejects.toMatchObject({ failure: { code: 'cin7_not_completed' } })
  })
})

describe('a changed journal', () => {
  it('is another one: drafted first, then the old one is voided and the new one completed', async () => {
    const { tasks, ref } = await made()
    const { steps, reads, ref: after } = await update(tasks, ref)
    expect(steps()).toEqual(['journal', 'void-task-1', 'complete'])
    expect(reads).toHaveLength(2)
    expect(tasks.states).toEqual(['VOIDED', 'COMPLETED'])
    expect(after).toMatchObject({ id: 'TASK-2', number: 'JR-2' })
    expect(after.facts.shown).not.toBe(ref.facts.shown)
  })

  it.each(['journal', 'void-task-1', 'complete'])(
    'comes out the same where the answer of "%s" is lost, or nothing happened',
    async (step) => {
      for (const what of ['lost', 'never'] as const) {
        const { tasks, ref } = await made()
        const ledger: Ledger = new Map()
        await expect(update(tasks, ref, dearer(), ledger, { [step]: what })).rejects.toMatchObject({
          failure: { kind: 'uncertain' },
        })
        const { ref: after } = await update(tasks, ref, dearer(), ledger)
        expect(tasks.states).toEqual(['VOIDED', 'COMPLETED'])
        expect(after.id).toBe('TASK-2')
      }
    },
  )

  it('leaves the old one in the books where Cin7 takes other amounts, and goes on with that draft later', async () => {
    const { tasks, ref } = await made()
    const right = tasks.takes
    tasks.takes = (body) => ({ ...body, Lines: [] })
    await expect(update(tasks, ref)).rejects.toMatchObject({ failure: { kind: 'totals' } })
    expect(tasks.states).toEqual(['COMPLETED', 'DRAFT'])
    tasks.takes = right
    const { steps } = await update(tasks, ref)
    expect(steps()).toEqual(['rewrite-task-2', 'void-task-1', 'complete'])
    expect(tasks.states).toEqual(['VOIDED', 'COMPLETED'])
  })

  it('that never reached the books is written into the draft that stands', async () => {
    const tasks = new Tasks()
    tasks.takes = (body) => ({ ...body, Lines: [] })
    await expect(create(tasks)).rejects.toMatchObject({ failure: { kind: 'totals' } })
    tasks.takes = (body) => body
    const { steps, ref } = await update(tasks, { id: 'TASK-1', number: 'JR-1', facts: {} })
    expect(steps()).toEqual(['rewrite-task-1', 'complete'])
    expect(tasks.states).toEqual(['COMPLETED'])
    expect(ref.id).toBe('TASK-1')
  })

  it.each<[string, object, string]>([
    ['voided it', { Status: 'VOIDED' }, 'voided'],
    ['took it back', { Status: 'DRAFT' }, 'taken back to a draft'],
    ['moved it to another day', { EffectiveDate: '2026-04-01T00:00:00' }, 'were changed'],
    ['changed its lines', { Lines: [{ Debit: '404', Credit: '710', Amount: 100 }] }, 'were changed'],
  ])('is a conflict where somebody %s in Cin7', async (_what, edit, words) => {
    const { tasks, ref } = await made()
    Object.assign(tasks.docs[0] ?? {}, edit)
    await expect(update(tasks, ref)).rejects.toMatchObject({
      failure: { kind: 'conflict', code: 'cin7_journal_changed', message: expect.stringContaining(words) },
    })
    expect(tasks.docs).toHaveLength(1)
  })

  it('is a conflict where two journals carry its mark beside it', async () => {
    const { tasks, ref } = await made()
    for (const TaskID of ['x', 'y']) tasks.docs.push({ ...tasks.docs[0], TaskID })
    await expect(update(tasks, ref)).rejects.toMatchObject({ failure: { code: 'cin7_journal_twice' } })
  })

  it('that Cin7 no longer shows is refused', async () => {
    const { tasks, ref } = await made()
    tasks.docs = []
    await expect(update(tasks, ref)).rejects.toMatchObject({ failure: { code: 'cin7_journal_gone' } })
  })

  it('is not taken for another whose mark begins alike', async () => {
    const { tasks, ref } = await made()
    tasks.docs.push({ ...tasks.docs[0], TaskID: 'other', Notes: `${MARKER}0`, Status: 'DRAFT' })
    expect((await update(tasks, ref)).steps()).toEqual(['journal', 'void-task-1', 'complete'])
  })
})

describe('a journal that was deleted in the source', () => {
  it('is voided, once', async () => {
    const { tasks, ref } = await made()
    expect((await remove(tasks, ref)).steps()).toEqual(['void-task-1'])
    expect((await remove(tasks, ref)).steps()).toEqual([])
    expect(tasks.states).toEqual(['VOIDED'])
  })

  it.each<Trouble>(['lost', 'never'])('is voided once where the answer is %s', async (what) => {
    const { tasks, ref } = await made()
    const ledger: Ledger = new Map()
    await expect(remove(tasks, ref, ledger, { 'void-task-1': what })).rejects.toMatchObject({
      failure: { kind: 'uncertain' },
    })
    await remove(tasks, ref, ledger)
    expect(tasks.states).toEqual(['VOIDED'])
  })

  it('is left to a person where somebody changed it', async () => {
    const { tasks, ref } = await made()
    Object.assign(tasks.docs[0] ?? {}, { EffectiveDate: '2026-04-01T00:00:00' })
    await expect(remove(tasks, ref)).rejects.toMatchObject({ failure: { kind: 'conflict' } })
  })
})

describe('reconciliation of journals', () => {
  it('sees what each account got, and whether somebody changed it', async () => {
    const { tasks, ref } = await made()
    const figures = {
      currency: 'CAD',
      total: '100',
      tax: '0',
      customer: { id: '', name: '' },
      accounts: { '404': '100', '710': '-60', '711': '-40' },
    }
    const booked = () => journals.booked?.(scripted(tasks.handle).api, ref)
    expect(await booked()).toEqual({ number: 'JR-1', date: '2026-03-14', figures, changes: [] })
    Object.assign(tasks.docs[0] ?? {}, { EffectiveDate: '2026-04-01T00:00:00' })
    expect((await booked())?.changes).toEqual(['accounts, amounts, date or party were changed'])
    Object.assign(tasks.docs[0] ?? {}, { Status: 'VOIDED' })
    expect(await booked()).toMatchObject({ figures: null, changes: [] })
    tasks.docs = []
    expect(await booked()).toBeNull()
  })

  it('lists them all; what a row shows stands for its stamp', async () => {
    const { tasks } = await made()
    const list = async () => (await journals.list?.(scripted(tasks.handle).api, null))?.rows ?? []
    const [row] = await list()
    expect(row).toEqual({
      id: 'TASK-1',
      number: 'JR-1',
      date: '2026-03-14',
      stamp: expect.any(String),
      booked: true,
      currency: 'CAD',
      total: '100',
      customer: { id: '', name: '' },
    })
    Object.assign(tasks.docs[0] ?? {}, { Status: 'DRAFT' })
    const [after] = await list()
    expect(after).toMatchObject({ booked: false })
    expect(after?.stamp).not.toBe(row?.stamp)
  })
})
