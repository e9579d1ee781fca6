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
