/** Values for the examples of the sign-in routes: made up, and none works anywhere. */
export const exampleId = '0192d3a4-7c11-7b52-9f6e-3b1f7c0a1d2e'
export const exampleCsrf = 'q3J0b2tlbi1vZi10aGlzLXNlc3Npb24tYXMtYW4tZXhhbQ'
export const exampleResponse = {
  id: 'kQ3x',
  rawId: 'kQ3x',
  type: 'public-key',
  response: { clientDataJSON: 'eyJ0', authenticatorData: 'SZYN', signature: 'MEUC' },
  clientExtensionResults: {},
}
export const exampleAt = '2026-11-25T08:00:00.000Z'
export const exampleSignedIn = { state: 'open', factors: ['totp'], csrf: exampleCsrf }
