// Parts of a catalogue, cut by scripts/catalogue-parts.ts.
declare module '*.ftl?first' {
  const source: string
  export default source
}
declare module '*.ftl?rest' {
  const source: string
  export default source
}
