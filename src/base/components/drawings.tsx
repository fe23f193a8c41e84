/** Line drawings of our own: a few strokes each, the colour of the text, no people in danger, nothing that would look odd over a shoulder. */
const strokes = {
  talk: 'M8 12h34a6 6 0 0 1 6 6v14a6 6 0 0 1-6 6H24l-10 9v-9H8a6 6 0 0 1-6-6V18a6 6 0 0 1 6-6zM54 28h4a4 4 0 0 1 4 4v12a4 4 0 0 1-4 4h-2v7l-8-7H34',
  phone: 'M20 4h24a4 4 0 0 1 4 4v48a4 4 0 0 1-4 4H20a4 4 0 0 1-4-4V8a4 4 0 0 1 4-4zM28 52h8',
  home: 'M6 32 32 8l26 24M14 26v30h36V26M26 56V40h12v16',
  path: 'M10 58c0-14 30-10 30-24S16 24 16 12M40 34h14M46 28l8 6-8 6M12 12a4 4 0 1 0 8 0 4 4 0 1 0-8 0z',
  key: 'M22 22a12 12 0 1 0 .1 0zM31 43l25-25M46 28l8 8M52 22l6 6M18 34a4 4 0 1 0 .1 0z',
  paper: 'M14 4h26l12 12v44H14zM40 4v12h12M22 28h22M22 38h22M22 48h14',
  sun: 'M32 20a12 12 0 1 0 .1 0zM32 4v8M32 52v8M4 32h8M52 32h8M12 12l6 6M46 46l6 6M52 12l-6 6M18 46l-6 6',
} as const
export type DrawingName = keyof typeof strokes
export const drawings = Object.keys(strokes) as DrawingName[]

/** Decoration only: the words beside it say everything. */
export const Drawing = ({ name }: { name: DrawingName }) => (
  <svg class="dv-drawing" viewBox="0 0 64 64" width="96" height="96" aria-hidden="true" focusable="false">
    <path d={strokes[name]} fill="none" stroke="currentColor" stroke-width="2.5" stroke-linecap="round" stroke-linejoin="round" />
  </svg>
)
