import { type Call, ok, profileOf, userOf } from './call'
import { unreadable } from './errors'
import type { Book, Profile } from './model'
import { byDay, deliveryAt, gatewayStamp, stamp } from './stamps'
import { transferOf } from './transfers'

const ISO3: Record<string, string> = {
  AU: 'aus',
  CA: 'can',
  DE: 'deu',
  GB: 'gbr',
  MY: 'mys',
  NZ: 'nzl',
  SG: 'sgp',
  US: 'usa',
}

const split = (name: string): [string, string] => {
  const [first = '', ...rest] = name.split(' ')
  return [first, rest.join(' ')]
}

const person = ({ name }: Profile) => {
  const [firstName, lastName] = split(name)
  return { firstName, lastName, preferredName: firstName, dateOfBirth: '1984-11-02', phoneNumber: '+15550100' }
}

const firm = ({ name }: Profile) => ({
  businessName: name,
  registrationNumber: '900112233',
  descriptionOfBusiness: 'IMPORT_EXPORT',
  webpage: 'https://firm.example',
  companyType: 'LIMITED_COMPANY',
  companyRole: 'OWNER',
  operationalAddresses: [],
})

const emailOf = (book: Book, { user }: Profile): string => book.users.get(String(user))?.email ?? ''

export const profileView = (book: Book, profile: Profile) => {
  const email = emailOf(book, profile)
  const at = stamp(profile.createdAt).slice(0, -1)
  return {
    type: profile.type,
    id: profile.id,
    publicId: profile.publicId,
    userId: profile.user,
    address: {
      id: profile.account + 1,
      addressFirstLine: '12 Mill Road',
      city: 'Newton',
      countryIso2Code: profile.country,
      countryIso3Code: ISO3[profile.country] ?? profile.country.toLowerCase(),
      postCode: '10001',
      stateCode: profile.country === 'US' ? 'NY' : null,
    },
    email,
    createdAt: at,
    updatedAt: at,
    avatar: null,
    currentState: 'VISIBLE',
    contactDetails: { email, phoneNumber: '+15550100' },
    ...(profile.type === 'PERSONAL' ? person(profile) : firm(profile)),
    fullName: profile.name,
  }
}

const ownProfiles = (call: Call): Profile[] => {
  const user = userOf(call)
  return call.book.profiles.all().filter((one) => one.user === user.id)
}

export const listProfiles = (call: Call) => ok(ownProfiles(call).map((one) => profileView(call.book, one)))

export const readProfile = (call: Call) => ok(profileView(call.book, profileOf(call)))

const oldView = (profile: Profile) => ({
  id: profile.id,
  type: profile.type.toLowerCase(),
  details:
    profile.type === 'PERSONAL'
      ? { ...person(profile), avatar: null, occupation: null, primaryAddress: profile.account + 1 }
      : {
          name: profile.name,
          registrationNumber: '900112233',
          companyType: 'LIMITED',
          primaryAddress: profile.account + 1,
        },
})

/** The old form: small letters and `details` (sheet 3). */
export const listOldProfiles = (call: Call) => ok(ownProfiles(call).map(oldView))

export const readMe = (call: Call) => {
  const { id, name, email } = userOf(call)
  const [firstName, lastName] = split(name)
  return ok({ id, name, email, active: true, details: { firstName, lastName, phoneNumber: '+15550100' } })
}

/** The sheet names only the call; the answer is as docs.wise.com has it (check profile verification status, 2026). */
export const verificationStatus = (call: Call) => {
  const { verified } = profileOf(call)
  const currencies = call.query.get('source_currencies')?.split(',')
  if (!currencies)
    throw unreadable('source_currencies', "Required request parameter 'source_currencies' is not present")
  const current_status = verified ? 'verified' : 'not_verified'
  const routes = currencies.map((source_currency) => ({ source_currency, maximum_entitled_amount: 0, current_status }))
  return ok({ routes, request_id: crypto.randomUUID() })
}

export const estimateDelivery = (call: Call) => {
  const at = deliveryAt(transferOf(call).createdAt)
  return ok({ estimatedDeliveryDate: gatewayStamp(at), formattedEstimatedDeliveryDate: byDay(at) })
}
