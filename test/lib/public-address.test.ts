import { describe, expect, it } from 'vitest'
import { addressProblem } from '../../src/lib/public-address'

const OURS = 'connector.example.com'
const strictly = (address: string) => addressProblem(address, OURS, false)
const relaxed = (address: string) => addressProblem(address, OURS, true)

describe('an address that a customer entered', () => {
  it.each(['https://acme.acumatica.com', 'https://my.acumatica.com/Prod', 'https://my.acumatica.com:443/Prod'])(
    'is called: %s',
    (address) => expect(strictly(address)).toBeUndefined(),
  )

  it.each([
    ['http://acme.acumatica.com', 'https only'],
    ['https://acme.acumatica.com:8443', '443'],
    ['ftp://acme.acumatica.com', 'web server'],
    ['acme.acumatica.com', 'web server'],
    ['https://user:secret@acme.acumatica.com', 'user or password'],
    ['https://10.0.0.7', 'public host name'],
    ['https://203.0.113.9', 'public host name'],
    ['https://2130706433', 'public host name'],
    ['https://0x7f.1', 'public host name'],
    ['https://127.1', 'public host name'],
    ['https://0177.0.0.1', 'public host name'],
    ['https://169.254.169.254/latest/meta-data', 'public host name'],
    ['https://10.0.0.7.', 'public host name'],
    ['https://①⑩.⓪.⓪.⑦', 'public host name'],
    ['https://[::1]', 'public host name'],
    ['https://[::ffff:10.0.0.7]', 'public host name'],
    ['https://[fd00::7]', 'public host name'],
    ['https://localhost', 'public host name'],
    ['https://localhost.', 'public host name'],
    ['https://localhost..', 'public host name'],
    ['https://%6c%6fcalhost', 'public host name'],
    ['https://ledger.localhost', 'public host name'],
    ['https://erp', 'public host name'],
    ['https://erp.LAN', 'public host name'],
    ['https://metadata.google.internal/v1', 'public host name'],
    ['https://connector.example.com', 'own address'],
    ['https://CONNECTOR.example.com./oauth', 'own address'],
  ])('is not: %s', (address, why) => expect(strictly(address)).toContain(why))

  it('may be anywhere in development, but never at our own', () => {
    expect(relaxed('http://127.0.0.1:8788/w/acumatica')).toBeUndefined()
    expect(relaxed('https://vendor.test/w/acumatica')).toBeUndefined()
    expect(relaxed('https://connector.example.com/x')).toContain('own address')
    expect(addressProblem('http://127.0.0.1:8788', '127.0.0.1:8787', true)).toBeUndefined()
    expect(addressProblem('http://127.0.0.1:8787', '127.0.0.1:8787', true)).toContain('own address')
    expect(relaxed('file:///etc/passwd')).toContain('web server')
  })
})
