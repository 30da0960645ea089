import { describe, expect, it } from 'vitest'
import {
  booksOf,
  type Firm,
  later,
  openFirm,
  pathOf,
  polled,
  recordsPage,
  suppliersOf,
  writesTo,
} from '../support/acumatica-cin7'
import { settle } from '../support/settle'

const OVERLAPS = 60
const NEAR = 15
const OTHER_CODE = 10
const EACH = 500
const OWN = EACH - OVERLAPS - NEAR - OTHER_CODE

/** Ten letters that are far from those of any other number. */
const word = (seed: number): string =>
  Array.from({ length: 10 }, (_, at) => String.fromCharCode(97 + (scattered(seed * 10 + at) % 26))).join('')

/** Murmur's last step: neighbours come out far apart. */
const scattered = (value: number): number => {
  const once = Math.imul(value ^ (value >>> 16), 0x85eb_ca6b)
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2_ae35)
  return (twice ^ (twice >>> 16)) >>> 0
}
const firmName = (seed: number) => `${word(seed)} Trading`
const times = <T>(many: number, make: (n: number) => T): T[] => Array.from({ length: many }, (_, n) => make(n))

/** One letter differs. */
const nearly = (name: string) => `${name.slice(0, 4)}${name[4] === 'x' ? 'y' : 'x'}${name.slice(5)}`

const SUPPLIERS = [
  ...times(OVERLAPS, (n) => ({ Name: firmName(n), AdditionalAttribute1: `V${1000 + n}` })),
  ...times(NEAR, (n) => ({ Name: firmName(1000 + n) })),
  ...times(OTHER_CODE, (n) => ({ Name: firmName(2000 + n), AdditionalAttribute1: `C${1000 + n}` })),
  ...times(OWN, (n) => ({ Name: firmName(3000 + n) })),
]
const VENDORS = [
  ...times(OVERLAPS, (n) => ({ VendorID: `V${1000 + n}`, VendorName: firmName(n) })),
  ...times(NEAR, (n) => ({ VendorID: `N${1000 + n}`, VendorName: nearly(firmName(1000 + n)) })),
  ...times(OTHER_CODE, (n) => ({ VendorID: `D${1000 + n}`, VendorName: firmName(2000 + n) })),
  ...times(OWN, (n) => ({ VendorID: `A${1000 + n}`, VendorName: firmName(5000 + n) })),
]

interface Proposal {
  flow: string
  sourceId: string
  variant: string
  sure: string
  choices: { id: string; why: string }[]
}

const listed = async (firm: Firm, sure: string): Promise<Proposal[]> =>
  (await firm.admin.call<{ items: Proposal[] }>('GET', pathOf(firm, `/matches?limit=100&sure=${sure}`))).items

const accept = async (firm: Firm, body: object) => {
  const answer = await firm.admin.call<{ linked: number }>('POST', pathOf(firm, '/matches/accept'), body)
  await settle(firm.tenant, 5_000)
  return answer.linked
}

const counts = async (firm: Firm) => {
  const [{ Vendor }, suppliers] = [await booksOf(firm), await suppliersOf(firm)]
  const codes = new Map(suppliers.map(({ AdditionalAttribute1, Name }) => [AdditionalAttribute1 ?? '', Name]))
  const alike = Vendor.filter(({ VendorID, VendorName }) => codes.get(VendorID) === VendorName)
  return [Vendor.length, suppliers.length, alike.length]
}

describe('two lists of 500 that were kept apart', () => {
  it('end as one, what cannot be decided is listed and made by nobody, and then both rest', async () => {
    const firm = await openFirm({
      books: { vendors: VENDORS },
      cin7: { suppliers: SUPPLIERS },
      connection: { callsPerMinute: 2000 },
      settings: { suppliers: { attribute: 1, master: 'acumatica' } },
      paused: true,
    })
    await firm.admin.call('POST', pathOf(firm, '/match'))
    await settle(firm.tenant)
    const undecided = [...(await listed(firm, 'possible')), ...(await listed(firm, 'several'))]
    expect(undecided.map(({ choices }) => choices.map(({ why }) => why).join()).sort()).toEqual([
      ...times(OTHER_CODE, () => 'same name, other code'),
      ...times(NEAR, () => 'similar name'),
    ])
    expect(await accept(firm, { sure: 'certain' })).toBe(OVERLAPS)

    await firm.admin.call('POST', pathOf(firm, '/resume'))
    await polled(firm, 'supplier', 'vendor')
    expect(await counts(firm)).toEqual([EACH + OWN, EACH + OWN, OVERLAPS + 2 * OWN])
    const waiting = await recordsPage(firm, 'status=waiting&code=match_undecided&limit=100')
    expect(waiting).toHaveLength(2 * (NEAR + OTHER_CODE))

    const none = undecided.find(({ choices }) => choices[0]?.why === 'similar name')
    if (!none) throw new Error('nothing is undecided')
    const same = undecided.filter((one) => one !== none)
    const pick = ({ flow, sourceId, variant }: Proposal, targetId: string | null) => ({
      flow,
      sourceId,
      variant,
      targetId,
    })
    const links = [...same.map((one) => pick(one, one.choices[0]?.id ?? '')), pick(none, null)]
    expect(await accept(firm, { links })).toBe(links.length)
    expect(await recordsPage(firm, 'status=waiting&limit=100')).toEqual([])
    const all = OVERLAPS + 2 * OWN + same.length + 2
    expect(await counts(firm)).toEqual([all, all, all])

    await firm.world.forgetCalls()
    for (let quarter = 0; quarter < 4; quarter += 1) {
      await later()
      await polled(firm, 'supplier', 'vendor')
    }
    expect(await writesTo(firm, 'acumatica')).toEqual([])
    expect(await writesTo(firm, 'cin7')).toEqual([])
  }, 300_000)
})
