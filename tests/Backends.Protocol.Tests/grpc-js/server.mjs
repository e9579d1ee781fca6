// A backend for our client. What Predict and PredictStream do is in PredictOptions.Prompt.
import { grpc, loadBackend, onLine, say } from './peer.mjs';

const [protoPath, address] = process.argv.slice(2);
const text = (value) => Buffer.from(value).toString('base64');

function seen(call) {
  return { metadata: call.metadata.getMap(), deadline: call.getDeadline() !== Infinity };
}

function fail(seed, tail = '') {
  const metadata = new grpc.Metadata();
  metadata.set('retry-after-ms', '250');
  return { code: seed, details: `größer als 100 %${tail}`, metadata };
}

const predict = {
  seen: (call, answer) => answer(null, { message: text(JSON.stringify(seen(call))) }),
  echo: (call, answer) => answer(null, { message: text(JSON.stringify(call.request)) }),
  fail: (call, answer) => answer(fail(call.request.Seed)),
  large: (call, answer) => answer(null, { message: Buffer.alloc(call.request.Tokens) }),
  forever: (call) => {
    say({ started: true });
    call.on('cancelled', () => say({ cancelled: true }));
  },
};

const predictStream = {
  count: (call) => {
    let next = 0;
    const more = () => {
      while (next < call.request.Tokens) {
        if (!call.write({ tokens: next++, message: text('abc') })) return call.once('drain', more);
      }
      call.end();
    };
    more();
  },
  fail: (call) => {
    call.write({ tokens: 1 });
    call.write({ tokens: 2 });
    call.emit('error', fail(call.request.Seed, ' in mid-stream'));
  },
  forever: (call) => {
    call.on('cancelled', () => say({ cancelled: true }));
    call.write({ tokens: 1 });
  },
};

const server = new grpc.Server({ 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 });
server.addService(loadBackend(protoPath).service, {
  Health: (call, answer) => answer(null, { message: text('OK') }),
  Predict: (call, answer) => predict[call.request.Prompt](call, answer),
  PredictStream: (call) => predictStream[call.request.Prompt](call),
});
server.bindAsync(address, grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  say({ listening: port });
});
onLine(() => {});
