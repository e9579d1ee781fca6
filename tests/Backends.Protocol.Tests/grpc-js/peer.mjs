// What both peers share: the protocol loaded from our proto, and JSON lines on standard input and output.
import readline from 'node:readline';
import grpc from '@grpc/grpc-js';
import loader from '@grpc/proto-loader';

export { grpc };

export function loadBackend(protoPath) {
  const definition = loader.loadSync(protoPath, { keepCase: true, longs: String, enums: String, bytes: String, defaults: false, oneofs: false });
  return grpc.loadPackageDefinition(definition).backend.Backend;
}

export function say(line) {
  process.stdout.write(JSON.stringify(line) + '\n');
}

export function onLine(handle) {
  const lines = readline.createInterface({ input: process.stdin });
  lines.on('line', (text) => handle(JSON.parse(text)));
  // Whoever started this process is gone.
  lines.on('close', () => process.exit(0));
}
