import { makePair, pemOf } from './keys'
import type { Book } from './model'

export interface KeyPair {
  privateKey: JsonWebKey
  /** SPKI PEM, for the connector's setting. */
  publicKey: string
}

/**
 * Made for these tests and used nowhere else: Wise's own private keys do not exist outside Wise. Fixed rather than made per
 * world, as making 2048 bits takes longer than most tests, and the answer of `seed` cannot wait for it.
 */
const FIRST: KeyPair = {
  privateKey: {
    kty: 'RSA',
    n: [
      'sfzDNcVN1xTm8gbs1dmd5z5bRvlQ4v4M5tTrn7BjKK0-saO73GpDPSxr3RV4yhznIrPwOhFLQTvN6PqFhkW_yWRsFrT-LikROfEB',
      'DV2A2VrvQKqfmeMw5Ooso4RbPNSwnkwjyNL0cIiAaSfhiii8xxAh1FLo2q0mJlAYf8oOfjVealVk8lqb0Fsp3DCR9JBr1X-UJwGb',
      'sy2eS1ctPMPgqHmFVXYnSMnVK1JgyKsBuQQ2f65Nl3O9MIEe82heOO09PvU_lse759WsQDZpkog6T__NDNypFor9jyYANCc1bBi7',
      'fDWFI8URAc2qgC_R-6LbJmIF53wL8r2UIL129U7kCw',
    ].join(''),
    e: 'AQAB',
    d: [
      'A7TJs9LvSK1CFIQZu7zo_Cm2PjIZgcCHMD9QG2Z8NMVMFZLdPz0POAo2whxyWXMPSmUIzuIRTm3FCeGS6jWFmtdL0OU6mGd5LlsF',
      'tJY1L_wkGJVKTCqzl_CwYUSeSb6mttp1saGC6YejdOJvCzDHTYsuc9IOJeTjyHnJKNAM9opzoSTNuWRw4SvzdYTrTUAw8Jz9dXYP',
      '-6Uho9w-sU_ism1meDvvEZ-j3YDhiunp34Kkg4fkKJ-rPMy8-JPK_I2KRhv4CLIBQTQ1h6UII-WahgtGCKb9APZn4LCZIF1Dk5Qt',
      'mSM1myMryayqzuekoXBAzWg89ENLuS2UF8ly-JJfAQ',
    ].join(''),
    p: [
      '-DNQvD1IKoPHDXnLLH1b75fx0MX21vl7dGeSSieLlmQwYpXBDccYupwqDrhDd_NPaNFvGr4-myZMVj-wPdacQ39h-Rg1RnKEtCyR',
      'Y8qbEmMQsjn7Mtqmqkd4CKYQOCYbphYo9LelnAT0-yEdLPkU8OpKNwytKyGOg0TSGx-4KcE',
    ].join(''),
    q: [
      't5SbkejQ_BCEvC_M6v-95EPx7HCDroT2FLGEIHIoJ9D2DU6TlsaXr-rv-M8Zej9rQ1Sgjevfvgc1k832vSVQEfNuGvk_7YpNVGY0',
      'YgbhUkMjnabK4-v2rT5V9V-ecQwBnXfoCCpx8uP_vRVTw3Jxex6CKs5BT8hPd-dCwmFnyMs',
    ].join(''),
    dp: [
      '013H_HZntaUBZ813o8yh9Xk9OmDMJCjT5L6rCzGAIzPxLJOBk30g5xJEksKC2my_DHGGn4yx_ihwS-by7MaNzsF1Ks9d1z-BGXr2',
      '2bfZtZ_dwRm1fYpM8qfoZd0d5OM3Goq2mCipBSQHiLGbiggYuE2dpCHMevWZytpZ3zV0_UE',
    ].join(''),
    dq: [
      'dX4O8xtmZWzNBwQwylZTWjyCISkBnjhKpoPWZE2rlZAPagTYQK9pdZWPcFZbn_nm1HjdKPfFgwFqMOao-_VdgZ-i4HCVkZnqVBH1',
      'hKeSneuKZ-PQBn-GqOo0aY6BASkF_5o2TsObmjCCBKoZqgUczAeCl5LaCg3RjpPcDjv5CHE',
    ].join(''),
    qi: [
      '4pc_HULISDFoExquvUygFhucMEUGp6sf5u_A2avXkIM0vH1jCIVnTVORYifRxanbnR30vzLOHDtVWhqQ3cQy1xAQvkkaXunsdM_y',
      'ZpZ1vTwxj5PHvccTaRPQixCGadn8EAkPytPhVEwCW1nZotE-Iqga9h_KOoUzxmLGMAcMXfI',
    ].join(''),
  },
  publicKey: [
    '-----BEGIN PUBLIC KEY-----',
    'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAsfzDNcVN1xTm8gbs1dmd',
    '5z5bRvlQ4v4M5tTrn7BjKK0+saO73GpDPSxr3RV4yhznIrPwOhFLQTvN6PqFhkW/',
    'yWRsFrT+LikROfEBDV2A2VrvQKqfmeMw5Ooso4RbPNSwnkwjyNL0cIiAaSfhiii8',
    'xxAh1FLo2q0mJlAYf8oOfjVealVk8lqb0Fsp3DCR9JBr1X+UJwGbsy2eS1ctPMPg',
    'qHmFVXYnSMnVK1JgyKsBuQQ2f65Nl3O9MIEe82heOO09PvU/lse759WsQDZpkog6',
    'T//NDNypFor9jyYANCc1bBi7fDWFI8URAc2qgC/R+6LbJmIF53wL8r2UIL129U7k',
    'CwIDAQAB',
    '-----END PUBLIC KEY-----',
    '',
  ].join('\n'),
}

const CURRENT = 'current'

export const signingKey = (book: Book): KeyPair => book.keys.get(CURRENT) ?? FIRST

/** Wise may rotate; there is no key id in the headers (sheet 11). */
export const rotateKey = async (book: Book): Promise<KeyPair> => {
  const pair = await makePair()
  const spki = await crypto.subtle.exportKey('spki', pair.publicKey)
  const privateKey = await crypto.subtle.exportKey('jwk', pair.privateKey)
  if (spki instanceof ArrayBuffer && !(privateKey instanceof ArrayBuffer))
    return book.keys.put(CURRENT, { privateKey, publicKey: pemOf(spki) })
  throw new Error('Wise simulator: the new key cannot be exported')
}
