const zeros = (digest: Uint8Array, bits: number): boolean => {
  for (let i = 0; i < bits; i++) if (((digest[i >> 3] ?? 0xff) >> (7 - (i & 7))) & 1) return false
  return true
}

/** The first number whose hash with the puzzle begins with so many zero bits. In batches, so that the page stays awake. */
export const solve = async (puzzle: string, bits: number): Promise<string> => {
  const text = new TextEncoder()
  for (let from = 0; ; from += 128) {
    const tries = await Promise.all(
      Array.from({ length: 128 }, async (_, i) => {
        const digest = await crypto.subtle.digest('SHA-256', text.encode(`${puzzle}:${from + i}`))
        return zeros(new Uint8Array(digest), bits)
      }),
    )
    const hit = tries.indexOf(true)
    if (hit >= 0) return String(from + hit)
  }
}
