using System.Net;
using System.Text.RegularExpressions;
using LocalAI.Pipeline.Api.Relay;
using LocalAI.Pipeline.Api.Tests.Harness;
using LocalAI.Pipeline.Messages.Deltas;
using LocalAI.Pipeline.Testing;

namespace LocalAI.Pipeline.Api.Tests.Endpoints;

public sealed partial class Streaming_messages
{
    private const string Body = """{"model":"tiny","max_tokens":9,"messages":[{"role":"user","content":"hi"}],"stream":true}""";

    [Fact]
    public async Task Events_are_these_bytes()
    {
        await using var server = await ApiServer.StartAsync();
        var answering = PostAsync(server);
        var job = await server.Worker.NextJobAsync();
        await job.SendAsync(new GenerationDelta { Sequence = 0, Reasoning = "hm", Tokens = 1, Prompt = new PromptCounts { Tokens = 7, Cached = 4 } });
        await job.TextAsync("Grüße \"\n");
        await job.SendAsync(new GenerationDelta { Sequence = 0, ToolCalls = [new ToolCallDelta { Index = 0, Id = "call_1", Name = "f", Arguments = "{" }], Tokens = 1 });
        await job.SendAsync(new GenerationDelta { Sequence = 0, ToolCalls = [new ToolCallDelta { Index = 0, Arguments = "}" }], Tokens = 1 });
        await job.FinishAsync(FinishReason.ToolCalls, completion: 4);
        using var response = await answering.OrTimeout("the answer");

        Assert.Equal("text/event-stream; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Equal(job.Command.RequestId, response.Headers.GetValues("request-id").Single());
        var text = (await response.Content.ReadAsStringAsync()).Replace($"{job.Command.JobId:N}", "ID", StringComparison.Ordinal);
        Assert.Equal(
            """
            event: message_start
            data: {"type":"message_start","message":{"id":"msg_ID","type":"message","role":"assistant","model":"tiny","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":3,"cache_creation_input_tokens":0,"cache_read_input_tokens":4,"output_tokens":0,"output_tokens_details":{"thinking_tokens":0}}}}

            event: content_block_start
            data: {"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}

            event: ping
            data: {"type":"ping"}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"hm"}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"SIGNATURE"}}

            event: content_block_stop
            data: {"type":"content_block_stop","index":0}

            event: content_block_start
            data: {"type":"content_block_start","index":1,"content_block":{"type":"text","text":""}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"Grüße \"\n"}}

            event: content_block_stop
            data: {"type":"content_block_stop","index":1}

            event: content_block_start
            data: {"type":"content_block_start","index":2,"content_block":{"type":"tool_use","id":"call_1","name":"f","caller":{"type":"direct"},"input":{}}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":"{"}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":"}"}}

            event: content_block_stop
            data: {"type":"content_block_stop","index":2}

            event: message_delta
            data: {"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":null},"usage":{"input_tokens":3,"cache_creation_input_tokens":0,"cache_read_input_tokens":4,"output_tokens":4,"output_tokens_details":{"thinking_tokens":1}}}

            event: message_stop
            data: {"type":"message_stop"}


            """, Signature().Replace(text, "\"signature\":\"SIGNATURE\""));
    }

    [Fact]
    public async Task First_token_is_there_before_the_second_exists()
    {
        await using var server = await ApiServer.StartAsync();
        var answering = PostAsync(server);
        var job = await server.Worker.NextJobAsync();
        await job.TextAsync("one");
        using var response = await answering.OrTimeout("the headers");
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());

        await ReadToAsync(lines, "\"text\":\"one\"");
        await job.TextAsync("two");
        await ReadToAsync(lines, "\"text\":\"two\"");
        await job.FinishAsync();

        Assert.EndsWith("data: {\"type\":\"message_stop\"}\n\n", await lines.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waiting_clients_get_the_start_and_then_pings()
    {
        await using var server = await ApiServer.StartAsync(new Dictionary<string, string?> { ["Sse:PingInterval"] = "00:00:01" });
        var answering = PostAsync(server);
        var job = await server.Worker.NextJobAsync();
        using var response = await answering.OrTimeout("the headers");
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());

        Assert.Equal("event: message_start", await lines.ReadLineAsync().OrTimeout("the start"));
        await ReadToAsync(lines, "event: ping");
        await ReadToAsync(lines, "event: ping");
        await job.TextAsync("one");
        await job.FinishAsync();

        var rest = await lines.ReadToEndAsync();
        Assert.DoesNotContain("message_start", rest, StringComparison.Ordinal);
        Assert.Contains("content_block_start", rest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failure_before_the_first_event_is_plain_json_with_its_status()
    {
        await using var server = await ApiServer.StartAsync();
        var answering = PostAsync(server);
        await (await server.Worker.NextJobAsync()).FailAsync(FailureCode.BackendBusy, "No room.");
        using var response = await answering.OrTimeout("the answer");

        Assert.Equal(("application/json", 503), (response.Content.Headers.ContentType!.ToString(), (int)response.StatusCode));
        Assert.Equal("overloaded_error", (await response.JsonAsync()).GetProperty("error").GetProperty("type").GetString());
    }

    [Fact]
    public async Task Failure_after_the_first_event_is_the_last_event()
    {
        await using var server = await ApiServer.StartAsync();
        var answering = PostAsync(server);
        var job = await server.Worker.NextJobAsync();
        await job.TextAsync("one");
        using var response = await answering.OrTimeout("the headers");
        await job.FailAsync(FailureCode.BackendError, "It died.");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.EndsWith(
            $$$"""
            "delta":{"type":"text_delta","text":"one"}}

            event: error
            data: {"type":"error","error":{"type":"api_error","message":"It died.","details":{"error_code":"backend_error"}},"request_id":"{{{job.Command.RequestId}}}"}


            """, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_that_the_backend_mixed_end_the_stream_with_an_error()
    {
        await using var server = await ApiServer.StartAsync();
        var answering = PostAsync(server);
        var job = await server.Worker.NextJobAsync();
        foreach (var index in (int[])[0, 1, 0])
        {
            await job.SendAsync(new GenerationDelta { Sequence = 0, ToolCalls = [new ToolCallDelta { Index = index, Id = "c", Name = "f", Arguments = "{" }] });
        }

        using var response = await answering.OrTimeout("the headers");
        Assert.EndsWith($"\"request_id\":\"{job.Command.RequestId}\"}}\n\n", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(job.Command.JobId, (await server.Worker.NextCancellationAsync()).JobId);
    }

    [Fact]
    public async Task Client_that_leaves_in_mid_stream_cancels_and_leaves_nothing()
    {
        await using var server = await ApiServer.StartAsync();
        var answering = PostAsync(server);
        await (await server.Worker.NextJobAsync()).TextAsync("one");
        (await answering.OrTimeout("the headers")).Dispose();

        await server.Worker.NextCancellationAsync();
        Assert.Equal(0, server.Get<JobRelay>().Count);
    }

    private static Task<HttpResponseMessage> PostAsync(ApiServer server) => server.PostAsync("/v1/messages", Body, "application/json");

    private static async Task ReadToAsync(StreamReader lines, string text)
    {
        while (await lines.ReadLineAsync().OrTimeout(text) is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return;
            }
        }

        Assert.Fail($"The stream ended before: {text}");
    }

    [GeneratedRegex("\"signature\":\"[^\"]{44}\"")]
    private static partial Regex Signature();
}
