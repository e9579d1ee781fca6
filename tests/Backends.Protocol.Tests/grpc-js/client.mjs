// Calls a server as the lines say: {call, request, deadlineMs, metadata, cancelAfter}. Answers one line for each message and
// one for the end of the call.
import { grpc, loadBackend, onLine, say } from './peer.mjs';

const [protoPath, address] = process.argv.slice(2);
const client = new (loadBackend(protoPath))(address, grpc.credentials.createInsecure(), {
  'grpc.max_receive_message_length': -1,
  'grpc.max_send_message_length': -1,
});

onLine(({ call, request, deadlineMs, metadata, cancelAfter }) => {
  const sent = new grpc.Metadata();
  for (const [name, value] of Object.entries(metadata ?? {})) sent.set(name, value);
  const options = deadlineMs === undefined ? {} : { deadline: Date.now() + deadlineMs };
  const method = client[call];
  let received = 0;
  const end = (status) => say({ end: status.code, details: status.details, metadata: status.metadata?.getMap() ?? {}, received });
  if (!method.responseStream) {
    const running = method.call(client, request, sent, options, (error, message) => {
      if (error) return end(error);
      say({ message });
      received = 1;
      end({ code: 0 });
    });
    if (cancelAfter === 0) running.cancel();
    return;
  }

  const stream = method.call(client, request, sent, options);
  stream.on('data', (message) => {
    say({ message });
    received++;
    if (received === cancelAfter) stream.cancel();
  });
  // A status that is not OK comes as both events.
  stream.on('error', () => {});
  stream.on('status', end);
});
