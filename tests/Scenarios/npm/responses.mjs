// What people write with npm's openai and the Responses API, without anything that tidies up for our server.
import OpenAI from 'openai';
import { zodTextFormat } from 'openai/helpers/zod';
import { z } from 'zod';

const clientOf = ({ baseURL, apiKey = 'any', maxRetries = 0 }) => new OpenAI({ baseURL, apiKey, maxRetries });

export async function create({ body, ...input }) {
  const response = await clientOf(input).responses.create(body);
  return { text: response.output_text, response };
}

export async function stream({ body, ...input }) {
  const events = [];
  for await (const event of await clientOf(input).responses.create({ ...body, stream: true })) events.push(event);
  return { events };
}

// The helper puts the events together by itself and is strict about their order.
export async function helper({ body, ...input }) {
  const deltas = [];
  const running = clientOf(input).responses.stream(body);
  running.on('response.output_text.delta', (event) => deltas.push([event.delta, event.snapshot]));
  const response = await running.finalResponse();
  return { deltas, text: response.output_text, status: response.status };
}

export async function parse({ body, ...input }) {
  const shape = z.object({ answer: z.enum(['yes', 'no']), sure: z.boolean() });
  const response = await clientOf(input).responses.parse({ ...body, text: { format: zodTextFormat(shape, 'verdict') } });
  return { parsed: response.output_parsed };
}

export async function count({ body, ...input }) {
  return await clientOf(input).responses.inputTokens.count(body);
}

// Each turn says only what is new.
export async function chain({ body, ...input }) {
  const client = clientOf(input);
  const first = await client.responses.create(body);
  const second = await client.responses.create({ ...body, previous_response_id: first.id });
  const found = await client.responses.retrieve(second.id);
  const items = [];
  for await (const item of client.responses.inputItems.list(second.id)) items.push(item);
  await client.responses.delete(first.id);
  const gone = await client.responses.retrieve(first.id).catch((error) => error.status);
  return { first, second, text: second.output_text, found: found.output_text, items, gone };
}

export async function converse({ body, ...input }) {
  const client = clientOf(input);
  const conversation = await client.conversations.create({ metadata: { topic: 'test' } });
  await client.responses.create({ ...body, conversation: conversation.id });
  const roles = [];
  for await (const item of client.conversations.items.list(conversation.id, { order: 'asc' })) roles.push(item.role);
  const deleted = await client.conversations.delete(conversation.id);
  return { roles, deleted };
}

const hasEnded = ({ status }) => status !== 'queued' && status !== 'in_progress';

// As OpenAI's guide to background mode has it, with less patience.
const poll = async (client, response) => {
  while (!hasEnded(response)) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    response = await client.responses.retrieve(response.id);
  }
  return response;
};

export async function background({ body, otherURL, ...input }) {
  const accepted = await clientOf(input).responses.create({ ...body, background: true });
  const made = await poll(clientOf({ ...input, baseURL: otherURL }), accepted);
  return { accepted: accepted.status, made: made.status, text: made.output_text };
}

// The connection is lost after some events, and another instance goes on behind the last of them.
export async function resume({ body, otherURL, ...input }) {
  const before = [];
  for await (const event of await clientOf(input).responses.create({ ...body, background: true, stream: true })) {
    before.push(event);
    if (before.length === 4) break;
  }
  const id = before[0].response.id;
  const other = clientOf({ ...input, baseURL: otherURL });
  const after = [];
  for await (const event of await other.responses.retrieve(id, { stream: true, starting_after: before.at(-1).sequence_number })) after.push(event);
  const again = [];
  for await (const event of await other.responses.retrieve(id, { stream: true })) again.push(event);
  const helper = await other.responses.stream({ response_id: id }).finalResponse();
  return { events: [...before, ...after], again, helper: helper.output_text };
}

export async function cancel({ body, otherURL, ...input }) {
  const client = clientOf(input);
  const accepted = await client.responses.create({ ...body, background: true });
  const other = clientOf({ ...input, baseURL: otherURL });
  const cancelled = await other.responses.cancel(accepted.id);
  const again = await client.responses.cancel(accepted.id);
  const found = await client.responses.retrieve(accepted.id);
  return { statuses: [cancelled.status, again.status, found.status] };
}
