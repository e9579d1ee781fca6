using System.Text.Json;
using LocalAI.Pipeline.Api.Tests.Harness;
using LocalAI.Pipeline.Messages.Deltas;
using LocalAI.Pipeline.Messages.Text;
using LocalAI.Pipeline.Testing;

namespace LocalAI.Pipeline.Api.Tests.Endpoints;

public sealed class Answering_messages : IAsyncLifetime
{
    private const string Hi = "\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

    private ApiServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await ApiServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("/v1/messages")]
    [InlineData("/messages")]
    public async Task Body_is_these_bytes(string path)
    {
        var answering = _server.PostAsync(path, $$"""{"model":"tiny",{{Hi}}}""", "application/json");
        var job = await _server.Worker.NextJobAsync();
        await job.SendAsync(new GenerationDelta { Sequence = 0, Reasoning = "h", Tokens = 1 }, new GenerationDelta { Sequence = 0, Reasoning = "m", Tokens = 1 });
        await job.TextAsync("Grüße ");
        await job.TextAsync("\"x\"");
        await job.FinishAsync(FinishReason.Length);
        using var response = await answering.OrTimeout("the answer");

        Assert.Equal("application/json", response.Content.Headers.ContentType!.ToString());
        Assert.Equal(job.Command.RequestId, response.Headers.GetValues("request-id").Single());
        Assert.Equal(
            """{"id":"msg_ID","type":"message","role":"assistant","model":"tiny","content":[{"type":"thinking","thinking":"hm","signature":"SIGNATURE"},{"type":"text","text":"Grüße \"x\""}],"stop_reason":"max_tokens","stop_sequence":null,"usage":{"input_tokens":3,"cache_creation_input_tokens":0,"cache_read_input_tokens":4,"output_tokens":2,"output_tokens_details":{"thinking_tokens":1}}}""",
            System.Text.RegularExpressions.Regex.Replace((await response.Content.ReadAsStringAsync()).Replace($"{job.Command.JobId:N}", "ID", StringComparison.Ordinal), "\"signature\":\"[^\"]{44}\"", "\"signature\":\"SIGNATURE\""));
    }

    [Theory]
    [InlineData(FinishReason.Stop, null, "end_turn", null)]
    [InlineData(FinishReason.Length, null, "max_tokens", null)]
    [InlineData(FinishReason.ToolCalls, null, "tool_use", null)]
    [InlineData(FinishReason.StopSequence, "END", "stop_sequence", "END")]
    [InlineData(FinishReason.StopSequence, "the model's own", "end_turn", null)]
    public async Task Stop_reason_tells_why_and_which_of_the_asked_sequences(FinishReason reason, string? sequence, string expected, string? shown)
    {
        var answering = PostAsync($$"""{{{Hi}},"stop_sequences":["END","STOP"]}""");
        var job = await _server.Worker.NextJobAsync();
        await job.FinishAsync(reason, stopSequence: sequence);
        using var response = await answering.OrTimeout("the answer");

        var answer = await response.JsonAsync();
        Assert.Equal((expected, shown), (answer.GetProperty("stop_reason").GetString(), answer.GetProperty("stop_sequence").GetString()));
        Assert.Equal(0, answer.GetProperty("content").GetArrayLength());
        Assert.Equal(["END", "STOP"], job.Command.StopSequences!);
    }

    [Theory]
    [InlineData("{\"city\":\"Bonn\"}", "{\"city\":\"Bonn\"}")]
    [InlineData("", "{}")]
    [InlineData("{\"city\":\"Bo", "{}")]
    [InlineData("[1]", "{}")]
    public async Task Calls_have_a_parsed_input(string arguments, string input)
    {
        var answering = PostAsync($$$"""{{{{Hi}}},"tools":[{"name":"weather","input_schema":{"type":"object"}}]}""");
        var job = await _server.Worker.NextJobAsync();
        await job.TextAsync("Let me see.");
        await job.SendAsync(new GenerationDelta { Sequence = 0, ToolCalls = [new ToolCallDelta { Index = 0, Id = "call_1", Name = "weather", Arguments = arguments }] });
        await job.FinishAsync(FinishReason.ToolCalls);
        using var response = await answering.OrTimeout("the answer");

        var content = (await response.JsonAsync()).GetProperty("content");
        Assert.Equal("""{"type":"text","text":"Let me see."}""", content[0].GetRawText());
        Assert.Equal($$"""{"type":"tool_use","id":"call_1","name":"weather","caller":{"type":"direct"},"input":{{input}}}""", content[1].GetRawText());
    }

    [Fact]
    public async Task Command_carries_the_request()
    {
        var answering = PostAsync("""
            {"model":"tiny","system":"s","max_tokens":5,"temperature":0.5,"thinking":{"type":"disabled"},"tools":[{"name":"f","input_schema":{}}],"tool_choice":{"type":"tool","name":"f"},
            "output_config":{"format":{"type":"json_schema","schema":{}}},"messages":[{"role":"user","content":"hi"},{"role":"assistant","content":"Once"}]}
            """);
        var job = await _server.Worker.NextJobAsync();
        await job.FinishAsync();
        using var response = await answering.OrTimeout("the answer");

        var command = job.Command;
        Assert.Equal(("tiny", 5, "none", true, 0.5f), (command.Model, command.MaxTokens, command.ReasoningEffort, command.ContinueFinalMessage, command.Sampling.Temperature));
        Assert.Equal([ChatRole.System, ChatRole.User, ChatRole.Assistant], command.Messages!.Select(message => message.Role));
        Assert.Equal((ToolChoiceMode.Required, "f", OutputKind.JsonSchema), (command.ToolChoice!.Mode, command.ToolChoice.Allowed!.Single(), command.Output!.Kind));
    }

    [Fact]
    public async Task Thoughts_that_are_not_wanted_are_empty_but_signed()
    {
        var answering = PostAsync($$$"""{{{{Hi}}},"thinking":{"type":"adaptive","display":"omitted"}}""");
        var job = await _server.Worker.NextJobAsync();
        await job.SendAsync(new GenerationDelta { Sequence = 0, Reasoning = "secret" });
        await job.FinishAsync();
        using var response = await answering.OrTimeout("the answer");

        var block = (await response.JsonAsync()).GetProperty("content")[0];
        Assert.Equal(("thinking", "", 44), (block.GetProperty("type").GetString(), block.GetProperty("thinking").GetString(), block.GetProperty("signature").GetString()!.Length));
        Assert.Equal("""{"enable_thinking":true}""", job.Command.TemplateArguments);
    }

    [Fact]
    public async Task Tokens_are_counted_without_an_answer()
    {
        using var response = await _server.PostAsync("/v1/messages/count_tokens", """{"model":"tiny","system":"s","messages":[{"role":"user","content":"hi"}]}""", "application/json");

        Assert.Equal($$"""{"input_tokens":{{"System:s;User:hi;".Length}}}""", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Failure_has_its_status_and_type()
    {
        var answering = PostAsync($$"""{{{Hi}}}""");
        await (await _server.Worker.NextJobAsync()).FailAsync(FailureCode.PromptTooLong, "The prompt has 9 tokens, the context 8.");
        using var response = await answering.OrTimeout("the answer");

        var body = await response.JsonAsync();
        Assert.Equal((400, "error"), ((int)response.StatusCode, body.GetProperty("type").GetString()));
        Assert.Equal(
            """{"type":"invalid_request_error","message":"The prompt has 9 tokens, the context 8.","details":{"error_code":"context_length_exceeded","parameter":"messages"}}""",
            JsonSerializer.Serialize(body.GetProperty("error")));
    }

    private Task<HttpResponseMessage> PostAsync(string json) => _server.PostAsync("/v1/messages", json, "application/json");
}
