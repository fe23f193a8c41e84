/** The library has no types of its own; what we use of it. */
declare module 'edtf' {
  interface Edtf {
    readonly type: string
    /** Milliseconds; null, or ±Infinity, where an interval is open. */
    readonly min: number | null
    readonly max: number | null
  }
  const edtf: (text: string) => Edtf
  // biome-ignore lint/style/noDefaultExport: it is theirs
  export default edtf
}
