import { mkdirSync, realpathSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import qrcode from 'qrcode'
import { dayOf } from './base/time.ts'
import { plainError } from './platform/config.ts'
import type { KitShare } from './platform/kit.ts'

const html = (s: string) => s.replace(/[&<>"]/g, c => `&#${c.charCodeAt(0)};`)

/** One holder's page of the recovery kit: A4, Russian and English, the share as a picture and as groups of characters with a checksum. */
export const kitPage = async (share: KitShare, agency: { ru: string; en: string }, holder: string, day: string): Promise<string> => {
  const picture = await qrcode.toString(share.text, { type: 'svg', errorCorrectionLevel: 'Q', margin: 1 })
  const groups = share.text.split('-').map((g, i) => `<span><small>${i + 1}</small>${g}</span>`)
  return `<!doctype html>
<html lang="ru"><head><meta charset="utf-8"><title>${share.index}/${share.of}</title>
<style>@page{size:A4;margin:20mm}body{font:12pt/1.5 sans-serif;color:#000;max-width:170mm;margin:auto}h1{font-size:18pt}svg{width:60mm;height:60mm}
.code{display:flex;flex-wrap:wrap;gap:3mm;font:bold 14pt/1.4 monospace}.code span{border:1px solid #000;padding:1mm 2mm}.code small{display:block;font:8pt sans-serif}
.line{border-bottom:1px solid #000;height:10mm;margin:4mm 0}</style></head><body>
<h1>Лист восстановления ${share.index} из ${share.of}<br>Recovery page ${share.index} of ${share.of}</h1>
<p><strong>${html(agency.ru)}</strong> · ${html(agency.en)}<br>Хранит · Holder: <strong>${html(holder)}</strong><br>${day} · ${share.fingerprint}</p>
${picture}
<p class="code">${groups.join('')}</p>
<p lang="ru">Любые ${share.needed} листа из ${share.of} вместе открывают записи, если потеряны пароли или сервер. Один лист не открывает ничего.
Храните его в сейфе или в запечатанном конверте, не рядом с сервером и не вместе с другим листом. Не фотографируйте. Если лист пропал, скажите администратору: набор делают заново.
Как вводить: группы подряд, большие или малые буквы, с пробелами или без. Это цифры 0 и 1: букв I, L, O и U здесь нет.</p>
<p lang="en">Any ${share.needed} of the ${share.of} pages together open the records when passwords or the server are lost. One page alone opens nothing.
Keep it in a safe or a sealed envelope, away from the server and from the other pages. Take no photograph. If it is lost, tell the administrator: the kit is then made anew.
How to type it: the groups in order, capitals or not, with or without spaces. 0 and 1 are digits: the letters I, L, O and U are not used.</p>
<p>Получил(а) · Received:</p><div class="line"></div>
</body></html>
`
}

/** Who holds a page, and how many pages open the kit. */
export const holdersOf = (given: string | undefined, needed: string | undefined): { holders: readonly string[]; needed: number } => {
  const holders = (given ?? '')
    .split(',')
    .map(h => h.trim())
    .filter(h => h !== '')
  const n = Number(needed ?? 2)
  if (holders.length < 2 || holders.length > 20 || !Number.isInteger(n) || n < 2 || n > holders.length)
    throw plainError('The recovery kit needs at least two holders, and --needed between 2 and their number.')
  return { holders, needed: n }
}

export const isInside = (folder: string, dataFolder: string): boolean => !path.relative(dataFolder, path.resolve(folder)).startsWith('..')

/** The folder for the pages; never inside the data folder, where a backup or a thief would find them beside what they open. */
export const pagesFolder = (wanted: string, dataFolder: string): string => {
  const folder = path.resolve(wanted)
  const refuse = () =>
    plainError(`${folder} lies in the data folder. Choose another with --pages: whoever copies the data must not get the pages.`)
  if (isInside(folder, dataFolder)) throw refuse()
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  // By way of a link it could still lie there.
  const real = realpathSync(folder)
  if (isInside(real, dataFolder)) throw refuse()
  return real
}

/** Writes every page, closed to others; nothing that is there is overwritten. Returns the files. */
export const writePages = async (
  shares: readonly KitShare[],
  agency: { ru: string; en: string },
  holders: readonly string[],
  folder: string,
): Promise<readonly string[]> => {
  const files = shares.map(s => path.join(folder, `recovery-page-${s.fingerprint}-${s.index}-of-${s.of}.html`))
  for (const [i, share] of shares.entries()) {
    const html = await kitPage(share, agency, holders[share.index - 1] ?? '', dayOf(new Date().toISOString()))
    writeFileSync(files[i] ?? '', html, { mode: 0o600, flag: 'wx' })
  }
  return files
}
