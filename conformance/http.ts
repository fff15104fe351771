import { connect, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { Asked } from './mesh.ts'

/** What came back: `closed` where there was no answer. */
export type Reply = { readonly status: number; readonly end?: string } | 'closed'

/** A socket, and the port for which it stands. */
interface Address {
  readonly path: string
  readonly port: number
}

/** Sends requests one after the other over as few connections as the server allows. */
export async function askAll(address: Address, asked: readonly Asked[]): Promise<readonly Reply[]> {
  const replies: Reply[] = []
  const connections = new Map<string | undefined, Connection>()
  for (const each of asked) {
    const known = connections.get(each.sni)
    const connection = known?.isOpen() ? known : await open(address, each.sni)
    connections.set(each.sni, connection)
    replies.push(await connection.ask(textOf(each)))
  }
  for (const connection of connections.values()) connection.close()
  return replies
}

/** As it goes over the wire, so that nobody tidies the path on the way. */
function textOf({ method, path, authority, headers }: Asked): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return [`${method} ${path} HTTP/1.1`, `host: ${authority}`, 'content-length: 0', ...lines, '', ''].join(
    '\r\n',
  )
}

interface Connection {
  isOpen(): boolean
  ask(text: string): Promise<Reply>
  close(): void
}

async function open({ path, port }: Address, sni: string | undefined): Promise<Connection> {
  const plain = connect({ path })
  // Nobody else says at which port of which address a request arrives, which policies ask.
  plain.write(`PROXY TCP4 ${client} ${server} 40000 ${port}\r\n`)
  const socket = sni === undefined ? plain : secured(plain, sni)
  let isOpen = await opened(socket, sni)
  let received = ''
  let waiting: ((reply: Reply) => void) | undefined
  const settle = (reply: Reply) => {
    waiting?.(reply)
    waiting = undefined
  }
  const stop = () => {
    isOpen = false
    settle('closed')
  }
  socket.on('close', stop).on('end', stop).on('error', stop)
  socket.on('data', (chunk) => {
    received += chunk.toString('latin1')
    const whole = replyIn(received)
    if (whole === undefined) return
    received = ''
    if (whole.closes) isOpen = false
    settle(whole.reply)
  })
  return {
    isOpen: () => isOpen,
    ask(text) {
      if (!isOpen) return Promise.resolve('closed')
      return new Promise((resolve) => {
        waiting = resolve
        socket.write(text, 'latin1')
      })
    },
    close: () => socket.destroy(),
  }
}

const client = '203.0.113.7'
const server = '10.1.0.1'

/** Nobody has signed the certificate. */
function secured(socket: Socket, servername: string): Socket {
  return connectTls({ socket, servername, rejectUnauthorized: false, ALPNProtocols: ['http/1.1'] })
}

function opened(socket: Socket, sni: string | undefined): Promise<boolean> {
  return new Promise((resolve) => {
    socket.once(sni === undefined ? 'connect' : 'secureConnect', () => resolve(true))
    socket.once('error', () => resolve(false))
    socket.once('close', () => resolve(false))
  })
}

function replyIn(text: string): { readonly reply: Reply; readonly closes: boolean } | undefined {
  const end = text.indexOf('\r\n\r\n')
  if (end === -1) return undefined
  const [first = '', ...lines] = text.slice(0, end).split('\r\n')
  const headers = new Map(
    lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
  )
  if (text.length < end + 4 + Number(headers.get('content-length') ?? 0)) return undefined
  const marked = headers.get('x-end')
  return {
    reply: { status: Number(first.split(' ')[1]), ...(marked !== undefined && { end: marked }) },
    closes: headers.get('connection') === 'close',
  }
}
