import net from 'node:net'

export interface Letter {
  readonly to: string
  readonly data: string
  readonly at: number
}
/** A mail server of a few lines that takes everything; `slow` waits before it takes a letter, `dumb` never answers. */
export const smtpStub = async (o: { slow?: number; dumb?: boolean } = {}) => {
  const letters: Letter[] = []
  const sockets = new Set<net.Socket>()
  const server = net.createServer(s => {
    sockets.add(s)
    s.on('close', () => sockets.delete(s))
    s.on('error', () => undefined)
    if (o.dumb) return
    let to = ''
    let data: string | undefined
    s.write('220 stub\r\n')
    let rest = ''
    s.on('data', chunk => {
      rest += chunk.toString('utf8')
      for (let at = rest.indexOf('\r\n'); at >= 0; at = rest.indexOf('\r\n')) {
        const line = rest.slice(0, at)
        rest = rest.slice(at + 2)
        if (data !== undefined) {
          if (line === '.') {
            letters.push({ to, data, at: Date.now() })
            data = undefined
            setTimeout(() => s.write('250 taken\r\n'), o.slow ?? 0)
          } else data += `${line}\n`
        } else if (/^(EHLO|HELO)/i.test(line)) s.write('250 stub\r\n')
        else if (/^RCPT TO:/i.test(line)) {
          to = /<(.*)>/.exec(line)?.[1] ?? ''
          s.write('250 ok\r\n')
        } else if (/^DATA/i.test(line)) {
          data = ''
          s.write('354 go on\r\n')
        } else if (/^QUIT/i.test(line)) s.end('221 bye\r\n')
        else s.write('250 ok\r\n')
      }
    })
  })
  await new Promise<void>(done => void server.listen(0, '127.0.0.1', () => done()))
  return {
    url: `smtp://127.0.0.1:${(server.address() as net.AddressInfo).port}`,
    letters,
    end: () => {
      for (const s of sockets) s.destroy()
      server.close()
    },
  }
}
