import QR from 'qrcode'
import type { Mark } from './pdf.ts'

/** A QR code as rectangles, one for each run of dark squares, on a white ground with the quiet border that cameras need. */
export const qrMarks = (text: string, x: number, y: number, side: number): Mark[] => {
  const { modules } = QR.create(text, { errorCorrectionLevel: 'M' })
  const quiet = 4
  const unit = side / (modules.size + quiet * 2)
  const out: Mark[] = [{ kind: 'rect', x, y, w: side, h: side, white: true }]
  for (let row = 0; row < modules.size; row++)
    for (let col = 0; col < modules.size; ) {
      let n = 0
      while (col + n < modules.size && modules.get(row, col + n)) n++
      // A hair taller than its row, or some printers leave white lines between rows.
      if (n > 0) out.push({ kind: 'rect', x: x + (col + quiet) * unit, y: y + (row + quiet) * unit, w: n * unit, h: unit + 0.05 })
      col += Math.max(n, 1)
    }
  return out
}
