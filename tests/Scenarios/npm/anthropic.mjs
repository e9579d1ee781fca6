// What people write with npm's @anthropic-ai/sdk, without anything that tidies up for our server.
import Anthropic from '@anthropic-ai/sdk';
import { jsonSchemaOutputFormat } from '@anthropic-ai/sdk/helpers/json-schema';
import { betaTool } from '@anthropic-ai/sdk/helpers/beta/json-schema';

const clientOf = ({ baseURL, authToken, apiKey = authToken ? null : 'any', maxRetries = 0, ...more }) =>
  new Anthropic({ baseURL, apiKey, authToken, maxRetries, ...more });

const described = (error) => ({
  class: error.constructor.name, status: error.status ?? null, type: error.type, code: error.errorCode, message: error.apiMessage, requestId: error.requestID,
});

export async function message({ body, ...input }) {
  const { data, response, request_id } = await clientOf(input).messages.create(body).withResponse();
  return { status: response.status, requestId: request_id, answer: data };
}

export async function stream({ body, ...input }) {
  const events = [];
  for await (const event of await clientOf(input).messages.create({ ...body, stream: true })) events.push(event);
  return events;
}

// The helper puts the events together by itself and is strict about their order.
export async function helper({ body, ...input }) {
  const running = clientOf(input).messages.stream(body);
  const seen = { text: '', thinking: '', signatures: [], blocks: [], inputs: [] };
  running.on('text', (delta) => (seen.text += delta));
  running.on('thinking', (delta) => (seen.thinking += delta));
  running.on('signature', (signature) => seen.signatures.push(signature));
  running.on('inputJson', (_, snapshot) => seen.inputs.push(snapshot));
  running.on('contentBlock', (block) => seen.blocks.push(block.type));
  const final = await running.finalMessage();
  return { seen, final };
}

export async function leave({ body, after, ...input }) {
  const stream = await clientOf(input).messages.create({ ...body, stream: true });
  let pieces = 0;
  for await (const event of stream) {
    if (event.type === 'content_block_delta' && ++pieces === after) break;
  }
  return { pieces, aborted: stream.controller.signal.aborted };
}

// What has come of an answer when it breaks.
export async function broken({ body, ...input }) {
  const running = clientOf(input).messages.stream(body);
  let text = '';
  running.on('text', (delta) => (text += delta));
  try {
    await running.finalMessage();
    return { text, error: null };
  } catch (error) {
    return { text, error: described(error) };
  }
}

export async function count({ body, ...input }) {
  return await clientOf(input).messages.countTokens(body);
}

// Which of the library's classes each failing request raises.
export async function errors({ requests, ...input }) {
  const client = clientOf(input);
  const raised = [];
  for (const body of requests) {
    try {
      await client.messages.create(body);
      raised.push(null);
    } catch (error) {
      raised.push(described(error));
    }
  }
  return raised;
}

// The runner asks for a thread first, which is refused; then it sends the conversation, calls the tool and sends its result.
export async function tools({ body, streamed, result, ...input }) {
  const called = [];
  const threads = [];
  const watched = (url, init) => {
    threads.push(JSON.parse(init.body).thread != null);
    return fetch(url, init);
  };
  const weather = betaTool({
    name: 'get_weather',
    description: 'Get the weather of a city',
    inputSchema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
    run: (args) => {
      called.push(args);
      return result;
    },
  });
  const runner = clientOf({ ...input, fetch: watched }).beta.messages.toolRunner({ ...body, tools: [weather], stream: streamed });
  const turns = [];
  for await (const turn of runner) {
    const answer = streamed ? await turn.finalMessage() : turn;
    turns.push({ reason: answer.stop_reason, content: answer.content });
  }
  return { called, threads, turns };
}

// The answer follows a schema; the library parses it, streamed and not.
export async function parsed({ body, schema, ...input }) {
  const asked = { ...body, output_config: { format: jsonSchemaOutputFormat(schema) } };
  const whole = await clientOf(input).messages.parse(asked);
  const streamed = await clientOf(input).messages.stream(asked).finalMessage();
  return { whole: whole.parsed_output, streamed: streamed.parsed_output, reasons: [whole.stop_reason, streamed.stop_reason] };
}
