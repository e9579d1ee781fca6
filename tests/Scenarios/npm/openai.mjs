// What people write with npm's openai, without anything that tidies up for our server.
import OpenAI, { toFile } from 'openai';

const clientOf = ({ baseURL, apiKey = 'any', maxRetries = 0 }) => new OpenAI({ baseURL, apiKey, maxRetries });

export async function models(input) {
  const client = clientOf(input);
  const listed = [];
  for await (const model of client.models.list()) listed.push(model.id);
  const one = await client.models.retrieve(listed[0]);
  return { listed, retrieved: one.id, object: one.object };
}

export async function chat({ body, ...input }) {
  const { data, response, request_id } = await clientOf(input).chat.completions.create(body).withResponse();
  return { status: response.status, requestId: request_id, answer: data };
}

export async function stream({ body, ...input }) {
  const pieces = [];
  let finish = null;
  let usage = null;
  for await (const chunk of await clientOf(input).chat.completions.create({ ...body, stream: true })) {
    const choice = chunk.choices[0];
    if (choice?.delta.content) pieces.push(choice.delta.content);
    finish = choice?.finish_reason ?? finish;
    usage = chunk.usage ?? usage;
  }
  return { pieces, finish, usage };
}

// The helper puts the chunks together by itself and is strict about their order.
export async function helper({ body, ...input }) {
  const seen = [];
  const running = clientOf(input).chat.completions.stream({ ...body, stream_options: { include_usage: true } });
  running.on('content', (delta, snapshot) => seen.push([delta, snapshot]));
  const completion = await running.finalChatCompletion();
  return { seen, text: await running.finalContent(), finish: completion.choices[0].finish_reason, usage: await running.totalUsage() };
}

export async function complete({ body, ...input }) {
  const client = clientOf(input);
  const whole = await client.completions.create(body);
  const pieces = [];
  for await (const chunk of await client.completions.create({ ...body, stream: true })) pieces.push(chunk.choices[0]?.text ?? '');
  return { whole, pieces };
}

export async function embed({ body, ...input }) {
  const client = clientOf(input);
  const decoded = await client.embeddings.create(body);
  const numbers = await client.embeddings.create({ ...body, encoding_format: 'float' });
  return { decoded: decoded.data.map((entry) => entry.embedding), numbers: numbers.data.map((entry) => entry.embedding), usage: decoded.usage };
}

export async function leave({ body, after, ...input }) {
  const stream = await clientOf(input).chat.completions.create({ ...body, stream: true });
  let pieces = 0;
  for await (const chunk of stream) {
    if (chunk.choices[0]?.delta.content && ++pieces === after) break;
  }
  return { pieces, aborted: stream.controller.signal.aborted };
}

// Which of the library's classes each failing request raises.
export async function errors({ requests, ...input }) {
  const client = clientOf(input);
  const raised = [];
  for (const body of requests) {
    try {
      await client.chat.completions.create(body);
      raised.push(null);
    } catch (error) {
      raised.push({
        class: error.constructor.name, status: error.status, code: error.code, param: error.param, type: error.type,
        message: error.message, requestId: error.requestID,
      });
    }
  }
  return raised;
}

// A file's whole life, and one that is uploaded in parts.
export async function files(input) {
  const client = clientOf(input);
  const file = await client.files.create({ file: await toFile(Buffer.from('0123456789'), 'notes.txt'), purpose: 'user_data', expires_after: { anchor: 'created_at', seconds: 3600 } });
  const listed = [];
  for await (const one of client.files.list({ purpose: 'user_data' })) listed.push(one.id);
  const retrieved = await client.files.retrieve(file.id);
  const content = await (await client.files.content(file.id)).text();
  const part = await (await client.files.content(file.id, { headers: { Range: 'bytes=2-4' } })).text();
  const deleted = await client.files.delete(file.id);

  const upload = await client.uploads.create({ filename: 'parts.jsonl', purpose: 'batch', bytes: 6, mime_type: 'application/jsonl' });
  const one = await client.uploads.parts.create(upload.id, { data: await toFile(Buffer.from('abc'), 'one') });
  const two = await client.uploads.parts.create(upload.id, { data: await toFile(Buffer.from('def'), 'two') });
  const completed = await client.uploads.complete(upload.id, { part_ids: [one.id, two.id] });
  const joined = await (await client.files.content(completed.file.id)).text();
  const other = await client.uploads.create({ filename: 'none', purpose: 'user_data', bytes: 1, mime_type: 'text/plain' });
  const cancelled = await client.uploads.cancel(other.id);
  return { id: file.id, listed, retrieved, content, part, deleted, completed: completed.status, joined, cancelled: cancelled.status };
}

// Hands a batch over, waits for it and reads what came of each line.
export async function batch({ lines, endpoint, metadata, ...input }) {
  const client = clientOf(input);
  const text = lines.map((line) => JSON.stringify(line)).join('\n');
  const file = await client.files.create({ file: await toFile(Buffer.from(text), 'batch.jsonl'), purpose: 'batch' });
  const created = await client.batches.create({ input_file_id: file.id, endpoint, completion_window: '24h', metadata });
  let batch = created;
  while (!['completed', 'failed', 'expired', 'cancelled'].includes(batch.status)) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    batch = await client.batches.retrieve(created.id);
  }
  const read = async (id) => (id ? (await (await client.files.content(id)).text()).trimEnd().split('\n').map((line) => JSON.parse(line)) : []);
  const listed = [];
  for await (const one of client.batches.list({ limit: 2 })) listed.push(one.id);
  return { created, batch, listed, output: await read(batch.output_file_id), errors: await read(batch.error_file_id) };
}
