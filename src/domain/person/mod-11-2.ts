/**
 * The check character of ISO/IEC 7064 MOD 11-2 over any number of digits, as on resident identity cards (GB 11643) and permanent resident cards: `0` to `9` or `X`.
 * Catches every single wrong digit and every swap of neighbours. Anything but digits is a fault of ours.
 */
export function mod11(digits: string): string {
  if (!/^\d+$/.test(digits)) throw new RangeError('MOD 11-2 is computed over digits')
  const product = [...digits].reduce((p, digit) => ((p + Number(digit)) * 2) % 11, 0)
  const check = (12 - product) % 11
  return check === 10 ? 'X' : String(check)
}
