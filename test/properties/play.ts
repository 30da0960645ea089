import { vi } from 'vitest'
import { deliver } from '../support/deliver'
import { type Office, openOffice, recordsOf } from '../support/office'
import { runOnce, settle } from '../support/settle'
import { apiOf, restart } from '../support/tenant'
import { passTime } from '../support/time'
import { draftInvoice, type Invoice } from '../support/wave-cin7'
import type { Command, Line } from './commands'
import { bookedAccount, isCurrent } from './sight'

export const SALES = 'wave-cin7/invoice-to-sale'
const FLOWS = ['wave-cin7/customer-to-customer', SALES]
const ACCOUNTS = ['Sales', 'Consulting income']

/** What the test knows of an invoice. Money is not among it: that is Wave's word against Cin7's. */
export interface Known {
  invoice: Invoice
  approved: boolean
  /** Of its line: which account it is booked on. */
  line: 0 | 1
  /** It stood in Cin7 as it is when a mapping changed: the account it has to keep. */
  pinned?: string
  /** Asked to follow the mappings; from then on, these are the accounts it may have. */
  remapped?: string[]
}

/** One business of its own, what was done to it, and the few lines of a model that say what has to come of it. */
export class Play {
  readonly office: Office
  readonly known: Known[] = []
  readonly mapped: [string | null, string | null] = ['200', null]
  /** Consulting income had no counterpart at some time: then a record may have failed for it. */
  wasUnmapped = true
  #names = 0
  #late: Request[] = []
  #plans: { left: number; strike(): Promise<'gone' | 'goes on'>; after: boolean }[] = []

  constructor(office: Office) {
    this.office = office
    const real = globalThis.fetch
    vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
      const url = String(input instanceof Request ? input.url : input)
      if (!url.includes(`/${office.world.name}/`) || url.includes('_control')) return real(input, init)
      for (const plan of this.#plans) plan.left -= 1
      const due = this.#plans.filter(({ left }) => left <= 0)
      this.#plans = this.#plans.filter(({ left }) => left > 0)
      for (const plan of due.filter(({ after }) => !after))
        if ((await plan.strike()) === 'gone') throw new Error('killed')
      const answer = await real(input, init)
      for (const plan of due.filter(({ after }) => after)) await plan.strike()
      return answer
    })
  }

  async all(commands: Command[]): Promise<void> {
    for (const command of commands) await this.run(command)
  }

  async run(command: Command): Promise<void> {
    // Each act of a user has a moment of its own.
    await passTime(5)
    const { world, tenant, integration, admin } = this.office
    const base = `/v1/tenants/${tenant}/integrations/${integration}`
    switch (command.do) {
      case 'draft':
        return this.#draft(command)
      case 'approve':
        return this.#approve(this.#at(command.invoice))
      case 'edit':
        return this.#edit(this.#at(command.invoice), command.line, command.tell)
      case 'rename':
        this.#names += 1
        await world.act('wave', 'edit-customer', {
          id: this.office.wave.business.customers[command.customer]?.graphId,
          name: `Customer ${command.customer} as of ${this.#names}`,
        })
        return
      case 'deliver':
        return this.#deliver(await world.deliveries({ reversed: command.reversed }), command.copies)
      case 'late': {
        const now = await world.deliveries()
        await this.#deliver(this.#late.splice(0), 1)
        this.#late.push(...now)
        return
      }
      case 'lose':
        await world.deliveries()
        return
      case 'poll':
        return this.poll()
      case 'fault':
        return world.fault(command.fault)
      case 'lag':
        return world.switches({ 'cin7.listLagMs': command.ms })
      case 'map':
        return this.map(command.line, command.target)
      case 'replay':
        return this.#replay(this.#at(command.invoice), command.how)
      case 'pause':
      case 'resume':
        await admin.call('POST', `${base}/${command.do}`)
        return
      case 'once':
        await runOnce(tenant).catch(() => null)
        return
      case 'settle':
        return this.settle()
      case 'kill':
        return this.#kill(command.at, command.moment)
      case 'meanwhile':
        this.#plans.push({
          left: command.at,
          after: false,
          strike: async () => {
            await this.run(command.what)
            return 'goes on'
          },
        })
    }
  }

  #at(invoice: number): Known | undefined {
    return this.known[invoice % Math.max(1, this.known.length)]
  }

  async #draft({ line, currency, customer, approve }: Extract<Command, { do: 'draft' }>): Promise<void> {
    const rate = currency === 'EUR' ? { currency, exchangeRate: '1.0921' } : {}
    const bill = this.office.wave.business.customers[customer]?.bareId
    const invoice = await draftInvoice(this.office, { customer: bill, items: [this.#item(line)], ...rate })
    const known: Known = { invoice, approved: false, line: line.product }
    this.known.push(known)
    if (approve) await this.#approve(known)
  }

  #item({ product, quantity, cents, taxes }: Line) {
    const unitPrice = `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`
    return {
      product: this.office.wave.business.products[product]?.bareId,
      quantity: String(quantity),
      unitPrice,
      taxes,
    }
  }

  async #approve(known: Known | undefined): Promise<void> {
    if (!known || known.approved) return
    known.approved = true
    await this.office.world.act('wave', 'approve-invoice', { id: known.invoice.bareId })
  }

  async #edit(known: Known | undefined, line: Line, tell: boolean): Promise<void> {
    if (!known) return
    const id = known.invoice.bareId
    delete known.pinned
    delete known.remapped
    known.line = line.product
    await this.office.world.act('wave', 'edit-invoice', { id, items: [this.#item(line)] })
    if (tell) await this.office.world.act('wave', 'emit', { event: 'invoice.sent', invoice: id })
  }

  async #deliver(webhooks: Request[], copies: number): Promise<void> {
    for (const webhook of webhooks) for (let copy = 0; copy < copies; copy += 1) await deliver(webhook.clone())
  }

  async poll(): Promise<void> {
    const { tenant, integration } = this.office
    const correlation = `x_${crypto.randomUUID()}`
    const job = { kind: 'poll', integration, actor: { by: 'poll' }, correlation } as const
    await apiOf(tenant).accept(FLOWS.map((flow) => ({ ...job, flow })))
  }

  /** Documents that stand as they should keep their account from here on. */
  async map(line: 0 | 1, target: '200' | '201'): Promise<void> {
    const { tenant, integration, admin, wave } = this.office
    for (const known of this.known)
      if (!known.remapped && (await isCurrent(this.office, known)))
        known.pinned ??= await bookedAccount(this.office, known)
    const account = wave.business.accounts.find(({ name }) => name === ACCOUNTS[line])
    const path = `/v1/tenants/${tenant}/integrations/${integration}/mappings/account`
    const { status } = await admin.ask('PUT', path, { entries: [{ code: account?.graphId, target }] })
    if (status !== 200) return
    this.mapped[line] = target
    for (const known of this.known) if (known.line === line) known.remapped?.push(target)
  }

  async #replay(known: Known | undefined, how: 'plain' | 'reread' | 'remap'): Promise<void> {
    if (!known) return
    const { tenant } = this.office
    const record = (await recordsOf(this.office)).find(({ sourceId }) => sourceId === known.invoice.graphId)
    if (!record) return
    const options = { reread: how === 'reread', remap: how === 'remap' }
    if (!(await apiOf(tenant).replay(record.id, options, 'k')).ok) return
    const target = this.mapped[known.line]
    if (how !== 'remap' || target === null) return
    delete known.pinned
    known.remapped = [target]
  }

  #kill(at: number, moment: 'before' | 'after'): void {
    const strike = async (): Promise<'gone'> => {
      await restart(this.office.tenant)
      return 'gone'
    }
    this.#plans.push({ left: at, after: moment === 'after', strike })
  }

  /** Killed objects break off what runs: then once more. */
  async settle(): Promise<void> {
    for (let tries = 0; tries < 6; tries += 1)
      if (
        await settle(this.office.tenant, 400).then(
          () => true,
          () => false,
        )
      )
        return
    await settle(this.office.tenant, 400)
  }

  calm(): void {
    this.#plans = []
  }

  close(): void {
    vi.restoreAllMocks()
  }
}

/** Sales is mapped, consulting is not; taxes are. */
export const openPlay = async (): Promise<Play> => {
  const office = await openOffice({ mapped: false })
  const { accounts, products, salesTaxes } = office.wave.business
  const base = `/v1/tenants/${office.tenant}/integrations/${office.integration}/mappings`
  const sales = accounts.find(({ name }) => name === 'Sales')
  await office.admin.call('PUT', `${base}/account`, { entries: [{ code: sales?.graphId, target: '200' }] })
  const taxes = salesTaxes.map(({ graphId }) => ({ code: graphId, target: 'Tax on Sales' }))
  await office.admin.call('PUT', `${base}/tax`, { entries: taxes })
  const consulting = accounts.find(({ name }) => name === 'Consulting income')?.graphId
  await office.world.act('wave', 'edit-product', { id: products[1]?.bareId, incomeAccountId: consulting })
  return new Play(office)
}
