import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'
import { HeliosError } from '@helios/engine'
import { PROBLEM_MEDIA_TYPE, problemOf } from './problem.ts'

/** Answers what is no HTTP at all, or came too slowly; there is no request to answer by then. */
export function answerBrokenRequest(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const problem =
    error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 'it took too long to arrive' : 'it is not valid HTTP'
  const body = JSON.stringify(problemOf(new HeliosError('HEL_REQUEST_INVALID', { problem }), randomUUID()))
  const head = ['HTTP/1.1 400 Bad Request', `Content-Type: ${PROBLEM_MEDIA_TYPE}`]
  head.push(`Content-Length: ${Buffer.byteLength(body)}`, 'Connection: close')
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}
