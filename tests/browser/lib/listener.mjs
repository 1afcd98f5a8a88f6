// An attacker's server: accepts and records every connection and datagram on its port.

import dgram from 'node:dgram';
import { once } from 'node:events';
import net from 'node:net';

export async function listenForLeaks() {
  const server = net.createServer();
  const reached = [];
  server.on('connection', (socket) => {
    reached.push('a connection');
    socket.on('error', () => {});
    socket.on('data', (bytes) => {
      reached.push(String(bytes).split('\r\n')[0]);
      socket.end('HTTP/1.1 204 No Content\r\nAccess-Control-Allow-Origin: *\r\nConnection: close\r\n\r\n');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  const datagrams = dgram.createSocket('udp4');
  datagrams.on('message', () => reached.push('a datagram'));
  datagrams.bind(port, '127.0.0.1');
  await once(datagrams, 'listening');
  return {
    port,
    reached,
    /** Resolves at the first record, or after the given milliseconds. */
    async wait(milliseconds) {
      for (const end = Date.now() + milliseconds; reached.length === 0 && Date.now() < end; )
        await new Promise((resolve) => setTimeout(resolve, 50));
    },
    close() {
      server.close();
      datagrams.close();
    },
  };
}
