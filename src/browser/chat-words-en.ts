/* The words of a receipt in one language, for chat.ts; a page brings its own language only. The build writes content/words/en.txt into the quotes. */
const lists = globalThis as { dvWords?: Record<string, string> }
lists.dvWords = { ...lists.dvWords, en: '' }
