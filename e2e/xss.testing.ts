import type { BrowserContext, Page } from 'playwright-core'

/*
 * Text that wants to become a page. Made by combining how it leaves the place it was put into, what it carries, and how it hides; every piece calls `__dvx`, and every
 * tag carries the mark `data-dvx`, so that markup which a policy keeps from running is found as well.
 */

/** Out of text, attributes (quoted either way or not), comments, scripts, styles, text areas and titles. */
const leave = [
  '',
  '">',
  "'>",
  '` >',
  ' x=1 >',
  '-->',
  '--!>',
  '</textarea>',
  '</title>',
  '</style>',
  '</script>',
  '</noscript>',
  '</option></select>',
  '</xmp></template>',
  ']]>',
  '"]}</script>',
  "');",
  '\\">',
  '&quot;>',
] as const
/** What runs: `C` is the call. */
const carry = [
  '<script data-dvx>C</script>',
  '<img data-dvx src=x onerror=C>',
  '<img data-dvx src="x" onerror="C">',
  '<svg data-dvx onload=C>',
  '<svg data-dvx/onload="C"/>',
  '<svg data-dvx><script>C</script></svg>',
  '<svg data-dvx><animate onbegin=C attributeName=x dur=1s>',
  '<body data-dvx onload=C>',
  '<details data-dvx open ontoggle=C>x</details>',
  '<input data-dvx autofocus onfocus=C>',
  '<video data-dvx><source onerror=C></video>',
  '<audio data-dvx src=x onerror=C></audio>',
  '<iframe data-dvx srcdoc="<script>parent.C</script>"></iframe>',
  '<iframe data-dvx src="javascript:parent.C"></iframe>',
  '<object data-dvx data="javascript:C"></object>',
  '<a data-dvx href="javascript:C" id=dvxlink>x</a>',
  '<form data-dvx action="javascript:C"><button>x</button></form>',
  '<button data-dvx formaction="javascript:C" autofocus>x</button>',
  '<math data-dvx><a xlink:href="javascript:C">x</a></math>',
  '<meta data-dvx http-equiv=refresh content="0;url=javascript:C">',
  '<base data-dvx href="javascript:C//">',
  '<link data-dvx rel=stylesheet href="data:text/css,*{color:red}" onload=C>',
  '<style data-dvx>@keyframes x{}</style><b style="animation-name:x" onanimationstart=C>x</b>',
  '<style data-dvx onload=C></style>',
  '<marquee data-dvx onstart=C>x</marquee>',
  '<select data-dvx autofocus onfocus=C></select>',
  '<template data-dvx><img src=x onerror=C></template>',
  '<x data-dvx tabindex=1 autofocus onfocus=C>x</x>',
  '<p data-dvx popover id=q onbeforetoggle=C>x</p><button popovertarget=q autofocus>x</button>',
] as const
/** Shapes that are harmless until somebody parses, serialises and parses again. */
const twice = [
  '<noscript><p data-dvx title="</noscript><img src=x onerror=C>"></noscript>',
  '<svg></p><style><a data-dvx id="</style><img src=x onerror=C>"></a></style></svg>',
  '<math><mtext><table><mglyph><style><!--</style><img data-dvx title="--&gt;&lt;img src=x onerror=C&gt;"></mglyph></table></mtext></math>',
  '<form><math><mtext></form><form><mglyph><style></math><img data-dvx src=x onerror=C></style></mglyph></form></mtext></math></form>',
  '<select><style><!--</style></select><img data-dvx src=x onerror=C>-->',
  '<table><td data-dvx background="javascript:C"><a><table></table><img src=x onerror=C></td></table>',
  '<xmp data-dvx><p title="</xmp><img src=x onerror=C>"></xmp>',
  '<svg><![CDATA[><img data-dvx src=x onerror=C>]]></svg>',
  '<!--[if gte IE 4]><img data-dvx src=x onerror=C><![endif]--><img data-dvx src=x onerror=C>',
] as const
/** What never is a tag: addresses, templates of several kinds, pieces of scripts and of data. */
const bare = [
  'javascript:C',
  'jAvAsCrIpT&colon;C',
  'java\tscript:C',
  'data:text/html,<script data-dvx>parent.C</script>',
  'data:text/html;base64,PHNjcmlwdD5wYXJlbnQuX19kdngoMSk8L3NjcmlwdD4=',
  'vbscript:C',
  '{{constructor.constructor("C")()}}',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is a template of somebody else's
  '${C}',
  '#{C}',
  '<%= C %>',
  '{%raw%}{{C}}{%endraw%}',
  '" onmouseover="C" data-dvx="',
  "' onfocus='C' autofocus data-dvx='",
  ' onclick=C data-dvx ',
  '";C;//',
  "';C;//",
  '\\u003cimg src=x onerror=C\\u003e',
  '&#60;img data-dvx src=x onerror=C&#62;',
  '&lt;img data-dvx src=x onerror=C&gt;',
  '%3Cimg%20data-dvx%20src=x%20onerror=C%3E',
  '{"__proto__":{"dangerouslySetInnerHTML":{"__html":"<img data-dvx src=x onerror=C>"}}}',
  '[x](javascript:C)',
  '![x](x"onerror="C)',
  '<javascript:C>',
  'url(javascript:C)',
  'expression(C)',
] as const
const calls = ['__dvx(1)', 'top.__dvx(1)', 'alert(1)', '__dvx`1`', 'self["__d"+"vx"](1)', '(0,__dvx)(1)'] as const
/** How it hides: each changes letters that a naive filter would look for, and none that HTML would miss. */
const hide: readonly ((s: string) => string)[] = [
  s => s,
  s => s.replace(/<(\/?)([a-z]+)/g, (_m, slash: string, name: string) => `<${slash}${name[0]?.toUpperCase()}${name.slice(1)}`),
  s => s.replace(/<([a-z]+) /g, '<$1\n'),
  s => s.replace(/<([a-z]+) /g, '<$1/'),
  s => s.replace(/ (on[a-z]+)=/g, '\t$1\n=\n'),
  s => s.replace(/<([a-z])/g, '\uff1c$1') + s,
  s => `\u202e${s}\u2028`,
  s => `a\u0300\u200b${s}`,
  s => s.replaceAll('>', '>\u200d'),
  s => `${s}<!--`,
  s => `😀${s}𝔵`,
]

/** `count` different ones, the same for the same seed. None is longer than 400 characters. */
export const payloads = (count: number, seed = 1): string[] => {
  let state = seed
  const next = (n: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * n)
  }
  const one = <T>(list: readonly T[]): T => list[next(list.length)] as T
  const made = new Set<string>()
  while (made.size < count) {
    const kind = next(10)
    const core = kind < 6 ? `${one(leave)}${one(carry)}` : kind < 8 ? `${one(leave)}${one(twice)}` : one(bare)
    const text = one(hide)(core).replaceAll('C', () => one(calls))
    if (text.length <= 400) made.add(text)
  }
  return [...made]
}
/** Ends whatever a payload opened, so that several in one text do not hide each other. */
export const apart = '\n]]>--></textarea></title></style></script></noscript></xmp></template></select></svg></math>\n'

export interface Watch {
  /** What ran, what was refused by the page's policy, what became markup. */
  readonly found: string[]
  look(page: Page, where: string): Promise<void>
}
/** Watches every page of a context. */
export const watch = async (context: BrowserContext): Promise<Watch> => {
  const found: string[] = []
  await context.exposeBinding('__dvxRan', ({ page }, what: string) => void found.push(`${page.url()}: ${what}`))
  await context.addInitScript(() => {
    const say = (what: string) => void (globalThis as unknown as { __dvxRan: (w: string) => void }).__dvxRan(what)
    Object.defineProperty(globalThis, '__dvx', { value: () => say('ran'), writable: false, configurable: false })
    document.addEventListener('securitypolicyviolation', e => say(`policy: ${e.violatedDirective} ${e.blockedURI} ${e.sample}`))
  })
  context.on('page', page => {
    page.on('dialog', d => {
      // What was typed and not sent is asked about by our own page.
      if (d.type() === 'beforeunload') return void d.accept().catch(() => undefined)
      found.push(`${page.url()}: dialog`)
      void d.dismiss().catch(() => undefined)
    })
  })
  return {
    found,
    look: async (page, where) => {
      const markup = await page.evaluate(() => {
        const scripts = [...document.querySelectorAll<HTMLAnchorElement>('a[href],area[href]')].filter(
          a => !/^(https?|tel|mailto):$/.test(a.protocol),
        )
        const events = [...document.querySelectorAll('*')].filter(e => e.getAttributeNames().some(n => n.startsWith('on')))
        return [...document.querySelectorAll('[data-dvx]'), ...scripts, ...events].map(e => e.outerHTML.slice(0, 120))
      })
      found.push(...markup.map(m => `${where}: became markup: ${m}`))
    },
  }
}
