/**
 * A real test notification of Wise's sandbox of 23 February 2022, published with its signature in the tests of pywisetransfer
 * (commit 31d638da): the one genuine pair of body and signature that is public.
 */
export const GENUINE = {
  body: [
    '{"data":{"resource":{"id":0,"profile_id":0,"account_id":0,"type":"transfer"},"current_state":"proces',
    'sing","previous_state":"incoming_payment_waiting","occurred_at":"2022-02-23T19:22:53Z"},"subscriptio',
    'n_id":"00000000-0000-0000-0000-000000000000","event_type":"transfers#state-change","schema_version":',
    '"2.0.0","sent_at":"2022-02-23T19:22:53Z"}',
  ].join(''),
  signature: [
    'EMRety5CM0VqStb6bIeB2DeQwdAO5Nm06ZSSGT0/8qW4+cbYDaPwFa5bL1Ylkn/E/JqKhZNtydeT0x+z+nkKCqlFx3Mt/K/WCSD9',
    't+stoZa/Viv8GY8gVzt20A//2+mg0lqCdob5KFCBGHa7GRAwpO4WR5i5reBo17xubq6uVCB8/4hEUVDEstX1m32TU1OES1pFwWEC',
    'CE/uFPoVJ+5h9BFqnVLSh2XnJde+9aHZ1N+nPBljZWCi9Z+iPpr1MFtHJdjGMPol8+i0VGzi02nhiHUNghmK4uIajB3rledPDZ0M',
    'gkQ3wfzJuzHcKGrb0iUMwAsOUNyEJT3b0/g4J7Ka+Q==',
  ].join(''),
}
