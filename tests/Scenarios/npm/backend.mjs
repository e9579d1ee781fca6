// A backend of LocalAI's kind in another language, over a gRPC library that nobody here wrote: started as `run.sh --addr HOST:PORT`.
// Like many of them it knows neither ModelMetadata nor how to go on with a text. A prompt `js: key=value ...` says what it does.
import fs from 'node:fs';
import grpc from '@grpc/grpc-js';
import loader from '@grpc/proto-loader';

const [protoPath, , address] = process.argv.slice(2);
const definition = loader.loadSync(protoPath, { keepCase: true, longs: Number });
let model = null;

function scriptOf(request) {
  const prompt = request.Messages.at(-1)?.content ?? request.Prompt;
  return Object.fromEntries(prompt.split('js:').at(-1).trim().split(' ').map((word) => word.split('=')));
}

function fail(call, script) {
  if (script.die === undefined || fs.existsSync(script.die)) return false;
  fs.writeFileSync(script.die, '');
  process.stderr.write('the backend in JavaScript dies as it was told\n');
  process.kill(process.pid, 'SIGKILL');
  return true;
}

// `ä` is two bytes, and comes in two replies.
function words(call, script) {
  let next = 0;
  const timer = setInterval(() => {
    if (next === Number(script.words)) {
      clearInterval(timer);
      call.end();
      return;
    }
    const bytes = Buffer.from(`ä${next++} `);
    call.write({ message: bytes.subarray(0, 1), tokens: next, prompt_tokens: 7 });
    call.write({ message: bytes.subarray(1), tokens: next, prompt_tokens: 7 });
  }, 1);
  call.on('cancelled', () => {
    clearInterval(timer);
    if (script.cancelled) fs.writeFileSync(script.cancelled, `${next}`);
  });
}

const server = new grpc.Server();
server.addService(grpc.loadPackageDefinition(definition).backend.Backend.service, {
  Health: (call, answer) => answer(null, { message: Buffer.from('OK') }),
  LoadModel: (call, answer) => {
    if (call.request.Options.includes('refuse:true')) return answer(null, { success: false, message: 'the weights are for another engine' });
    if (call.request.Options.includes('fail:true')) return answer({ code: grpc.status.INTERNAL, details: 'CUDA out of memory' });
    model = call.request.Model;
    answer(null, { success: true, message: 'loaded' });
  },
  PredictStream: (call) => {
    const script = scriptOf(call.request);
    if (model === null) return call.emit('error', { code: grpc.status.FAILED_PRECONDITION, details: 'no model is loaded' });
    if (script.status) return call.emit('error', { code: grpc.status[script.status], details: `the backend says ${script.status}` });
    if (fail(call, script)) return;
    words(call, script);
  },
});
server.bindAsync(address, grpc.ServerCredentials.createInsecure(), (error) => {
  if (error) throw error;
});
