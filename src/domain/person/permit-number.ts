/** ISO/IEC 7064 MOD 11-2 over 17 digits, as on resident identity cards (GB 11643). */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const CHECK = '10X98765432'
export function mod11(digits: string): string {
  const sum = [...digits].reduce((s, d, i) => s + Number(d) * (WEIGHTS[i] ?? 0), 0)
  return CHECK[sum % 11] ?? ''
}

/** How permit numbers are made: the true scheme is not published, so an installation may bring its own. */
export type PermitNumberScheme = {
  simulated: boolean /** From fifteen random digits. */
  make: (digits: number[]) => string
  plausible: (number: string) => boolean
}

/** Our stand-in: `00` (no citizen or permanent resident begins so), fifteen digits, MOD 11-2. Said to be simulated wherever it shows; no data is derived from it. */
export const simulatedScheme: PermitNumberScheme = {
  simulated: true,
  make: (digits) => {
    const body = `00${digits.slice(0, 15).join('').padStart(15, '0')}`
    return body + mod11(body)
  },
  plausible: (number) => /^00\d{15}[\dX]$/.test(number) && mod11(number.slice(0, 17)) === number[17],
}
