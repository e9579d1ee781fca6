using System.Text.RegularExpressions;
using LocalAI.Pipeline.Api.Tests.Harness;
using LocalAI.Pipeline.Messages.Deltas;
using LocalAI.Pipeline.Testing;

namespace LocalAI.Pipeline.Api.Tests.Endpoints;

public sealed partial class Streaming_responses
{
    private const string Body = """{"model":"tiny","input":"hi","stream":true}""";

    [Fact]
    public async Task Events_are_these_bytes()
    {
        await using var server = await ApiServer.StartAsync();
        var answering = PostAsync(server, """{"model":"tiny","input":"hi","stream":true,"reasoning":{"summary":"auto"}}""");
        var job = await server.Worker.NextJobAsync();
        await job.SendAsync(new GenerationDelta { Sequence = 0, Reasoning = "Hm. Yes.", Tokens = 1 });
        await job.TextAsync("\n");
        await job.TextAsync("Grüße");
        await job.SendAsync(Call(0, "{", "call_1", "f"), Call(0, "}"));
        await job.FinishAsync(FinishReason.ToolCalls, completion: 4);
        using var response = await answering.OrTimeout("the answer");

        Assert.Equal("text/event-stream; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Equal(
            """
            event: response.created
            data: {"type":"response.created","sequence_number":0,"response":RESPONSE(in_progress)}

            event: response.in_progress
            data: {"type":"response.in_progress","sequence_number":1,"response":RESPONSE(in_progress)}

            event: response.output_item.added
            data: {"type":"response.output_item.added","sequence_number":2,"output_index":0,"item":{"id":"rs_IDo0","type":"reasoning","status":"in_progress","summary":[],"content":[]}}

            event: response.content_part.added
            data: {"type":"response.content_part.added","sequence_number":3,"item_id":"rs_IDo0","output_index":0,"content_index":0,"part":{"type":"reasoning_text","text":""}}

            event: response.reasoning_text.delta
            data: {"type":"response.reasoning_text.delta","sequence_number":4,"item_id":"rs_IDo0","output_index":0,"content_index":0,"delta":"Hm. Yes."}

            event: response.reasoning_text.done
            data: {"type":"response.reasoning_text.done","sequence_number":5,"item_id":"rs_IDo0","output_index":0,"content_index":0,"text":"Hm. Yes."}

            event: response.content_part.done
            data: {"type":"response.content_part.done","sequence_number":6,"item_id":"rs_IDo0","output_index":0,"content_index":0,"part":{"type":"reasoning_text","text":"Hm. Yes."}}

            event: response.reasoning_summary_part.added
            data: {"type":"response.reasoning_summary_part.added","sequence_number":7,"item_id":"rs_IDo0","output_index":0,"summary_index":0,"part":{"type":"summary_text","text":""}}

            event: response.reasoning_summary_text.delta
            data: {"type":"response.reasoning_summary_text.delta","sequence_number":8,"item_id":"rs_IDo0","output_index":0,"summary_index":0,"delta":"Hm."}

            event: response.reasoning_summary_text.done
            data: {"type":"response.reasoning_summary_text.done","sequence_number":9,"item_id":"rs_IDo0","output_index":0,"summary_index":0,"text":"Hm."}

            event: response.reasoning_summary_part.done
            data: {"type":"response.reasoning_summary_part.done","sequence_number":10,"item_id":"rs_IDo0","output_index":0,"summary_index":0,"part":{"type":"summary_text","text":"Hm."}}

            event: response.output_item.done
            data: {"type":"response.output_item.done","sequence_number":11,"output_index":0,"item":{"id":"rs_IDo0","type":"reasoning","status":"completed","summary":[{"type":"summary_text","text":"Hm."}],"content":[{"type":"reasoning_text","text":"Hm. Yes."}]}}

            event: response.output_item.added
            data: {"type":"response.output_item.added","sequence_number":12,"output_index":1,"item":{"id":"msg_IDo1","type":"message","status":"in_progress","role":"assistant","content":[]}}

            event: response.content_part.added
            data: {"type":"response.content_part.added","sequence_number":13,"item_id":"msg_IDo1","output_index":1,"content_index":0,"part":{"type":"output_text","text":"","annotations":[],"logprobs":[]}}

            event: response.output_text.delta
            data: {"type":"response.output_text.delta","sequence_number":14,"item_id":"msg_IDo1","output_index":1,"content_index":0,"delta":"\nGrüße","logprobs":[]}

            event: response.output_text.done
            data: {"type":"response.output_text.done","sequence_number":15,"item_id":"msg_IDo1","output_index":1,"content_index":0,"text":"\nGrüße","logprobs":[]}

            event: response.content_part.done
            data: {"type":"response.content_part.done","sequence_number":16,"item_id":"msg_IDo1","output_index":1,"content_index":0,"part":{"type":"output_text","text":"\nGrüße","annotations":[],"logprobs":[]}}

            event: response.output_item.done
            data: {"type":"response.output_item.done","sequence_number":17,"output_index":1,"item":{"id":"msg_IDo1","type":"message","status":"completed","role":"assistant","content":[{"type":"output_text","text":"\nGrüße","annotations":[],"logprobs":[]}]}}

            event: response.output_item.added
            data: {"type":"response.output_item.added","sequence_number":18,"output_index":2,"item":{"id":"fc_IDo2","type":"function_call","status":"in_progress","call_id":"call_1","name":"f","arguments":""}}

            event: response.function_call_arguments.delta
            data: {"type":"response.function_call_arguments.delta","sequence_number":19,"item_id":"fc_IDo2","output_index":2,"delta":"{"}

            event: response.function_call_arguments.delta
            data: {"type":"response.function_call_arguments.delta","sequence_number":20,"item_id":"fc_IDo2","output_index":2,"delta":"}"}

            event: response.function_call_arguments.done
            data: {"type":"response.function_call_arguments.done","sequence_number":21,"item_id":"fc_IDo2","output_index":2,"arguments":"{}","name":"f"}

            event: response.output_item.done
            data: {"type":"response.output_item.done","sequence_number":22,"output_index":2,"item":{"id":"fc_IDo2","type":"function_call","status":"completed","call_id":"call_1","name":"f","arguments":"{}"}}

            event: response.completed
            data: {"type":"response.completed","sequence_number":23,"response":RESPONSE(completed)}

            data: [DONE]


            """, Steady(await response.Content.ReadAsStringAsync(), job));
    }

    [Fact]
    public async Task Events_about_thoughts_have_the_specifications_names_by_a_setting()
    {
        await using var server = await ApiServer.StartAsync(new Dictionary<string, string?> { ["Responses:ReasoningEvents"] = "Specification" });
        var answering = PostAsync(server, Body);
        var job = await server.Worker.NextJobAsync();
        await job.SendAsync(new GenerationDelta { Sequence = 0, Reasoning = "hm" });
        await job.FinishAsync();
        using var response = await answering.OrTimeout("the answer");

        Assert.Equal(
            ["response.created", "response.in_progress", "response.output_item.added", "response.content_part.added", "response.reasoning.delta", "response.reasoning.done", "response.content_part.done", "response.output_item.done", "response.completed"],
            Types(await response.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task Answer_that_a_limit_cut_is_incomplete_with_its_last_item()
    {
        await using var server = await ApiServer.StartAsync();
        var answering = PostAsync(server, Body);
        var job = await server.Worker.NextJobAsync();
        await job.TextAsync("Once upon");
        await job.FinishAsync(FinishReason.Length);
        using var response = await answering.OrTimeout("the answer");

        var text = Steady(await response.Content.ReadAsStringAsync(), job);
        Assert.Contains("\"type\":\"response.output_item.done\",\"sequence_number\":7,\"output_index\":0,\"item\":{\"id\":\"msg_IDo0\",\"type\":\"message\",\"status\":\"incomplete\"", text, StringComparison.Ordinal);
        Assert.EndsWith("event: response.incomplete\ndata: {\"type\":\"response.incomplete\",\"sequence_number\":8,\"response\":RESPONSE(incomplete)}\n\ndata: [DONE]\n\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failure_after_the_first_event_is_an_error_flat_and_nested_and_then_the_failed_response()
    {
        await using var server = await ApiServer.StartAsync();
        var answering = PostAsync(server, Body);
        var job = await server.Worker.NextJobAsync();
        await job.TextAsync("Once");
        using var response = await answering.OrTimeout("the headers");
        await job.FailAsync(FailureCode.BackendCrashed, "It died.");

        var raw = await response.Content.ReadAsStringAsync();
        Assert.EndsWith(
            """
            event: error
            data: {"type":"error","sequence_number":5,"code":"backend_crashed","message":"It died.","param":null,"error":{"message":"It died.","type":"server_error","param":null,"code":"backend_crashed"}}

            event: response.failed
            data: {"type":"response.failed","sequence_number":6,"response":RESPONSE(failed)}

            data: [DONE]


            """, Steady(raw, job), StringComparison.Ordinal);
        Assert.Contains("\"error\":{\"code\":\"backend_crashed\",\"message\":\"It died.\"},\"incomplete_details\":null,\"output\":[{\"id\":\"msg_", raw, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failure_before_the_first_event_keeps_its_status()
    {
        await using var server = await ApiServer.StartAsync();
        var answering = PostAsync(server, Body);
        await (await server.Worker.NextJobAsync()).FailAsync(FailureCode.PromptTooLong, "The prompt has 9 tokens, the context 8.");
        using var response = await answering.OrTimeout("the answer");

        Assert.Equal((400, "context_length_exceeded"), ((await response.ErrorAsync()).Status, (await response.ErrorAsync()).Code));
    }

    [Fact]
    public async Task Response_that_waits_says_that_it_is_there()
    {
        await using var server = await ApiServer.StartAsync(new Dictionary<string, string?> { ["Sse:PingInterval"] = "00:00:01" });
        var answering = PostAsync(server, Body);
        var job = await server.Worker.NextJobAsync();
        using var response = await answering.OrTimeout("the headers");
        await job.FinishAsync();

        var text = await response.Content.ReadAsStringAsync();
        Assert.Equal(["response.created", "response.in_progress", "response.completed"], Types(text));
        Assert.Contains("\n\n: ping\n\n", text, StringComparison.Ordinal);
    }

    private static GenerationDelta Call(int index, string arguments, string? id = null, string? name = null) =>
        new() { Sequence = 0, ToolCalls = [new ToolCallDelta { Index = index, Id = id, Name = name, Arguments = arguments }], Tokens = 1 };

    private static Task<HttpResponseMessage> PostAsync(ApiServer server, string body) => server.PostAsync("/v1/responses", body, "application/json");

    private static IEnumerable<string> Types(string text) => EventName().Matches(text).Select(match => match.Groups[1].Value);

    private static string Steady(string text, ScriptedJob job) => WholeResponse().Replace(text.Replace($"{job.Command.JobId:N}", "ID", StringComparison.Ordinal), "\"response\":RESPONSE($1)}\n");

    [GeneratedRegex("^event: (.*)$", RegexOptions.Multiline)]
    private static partial Regex EventName();

    [GeneratedRegex("\"response\":\\{\"id\":\"resp_ID\",\"object\":\"response\",\"created_at\":\\d+,\"status\":\"(\\w+)\".*\\}\n")]
    private static partial Regex WholeResponse();
}
