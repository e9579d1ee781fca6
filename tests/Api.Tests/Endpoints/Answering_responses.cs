using System.Text.RegularExpressions;
using LocalAI.Pipeline.Api.Tests.Harness;
using LocalAI.Pipeline.Messages;
using LocalAI.Pipeline.Messages.Deltas;
using LocalAI.Pipeline.Messages.Text;
using LocalAI.Pipeline.Testing;

namespace LocalAI.Pipeline.Api.Tests.Endpoints;

public sealed partial class Answering_responses : IAsyncLifetime
{
    private ApiServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await ApiServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("/v1/responses")]
    [InlineData("/responses")]
    public async Task Body_is_these_bytes(string path)
    {
        var answering = _server.PostAsync(path, """{"model":"tiny","input":"hi"}""", "application/json");
        var job = await _server.Worker.NextJobAsync();
        await job.TextAsync("Grüße ");
        await job.TextAsync("\"x\"");
        await job.FinishAsync();
        using var response = await answering.OrTimeout("the answer");

        Assert.Equal("application/json", response.Content.Headers.ContentType!.ToString());
        Assert.Equal(
            """{"id":"resp_ID","object":"response","created_at":1,"status":"completed","completed_at":1,"error":null,"incomplete_details":null,"output":[{"id":"msg_IDo0","type":"message","status":"completed","role":"assistant","content":[{"type":"output_text","text":"Grüße \"x\"","annotations":[],"logprobs":[]}]}],"usage":{"input_tokens":7,"input_tokens_details":{"cached_tokens":4},"output_tokens":2,"output_tokens_details":{"reasoning_tokens":1},"total_tokens":9},"background":false,"conversation":null,"instructions":null,"model":"tiny","parallel_tool_calls":true,"previous_response_id":null,"prompt":null,"reasoning":{"effort":null,"summary":null},"text":{"format":{"type":"text"},"verbosity":"medium"},"tool_choice":"auto","tools":[],"truncation":"disabled","temperature":0.8,"top_p":0.95,"presence_penalty":0,"frequency_penalty":0,"top_logprobs":0,"max_output_tokens":null,"max_tool_calls":null,"service_tier":"default","store":true,"metadata":{},"prompt_cache_key":null,"prompt_cache_retention":null,"safety_identifier":null,"user":null}""",
            Times().Replace((await response.Content.ReadAsStringAsync()).Replace($"{job.Command.JobId:N}", "ID", StringComparison.Ordinal), "_at\":1"));
    }

    [Fact]
    public async Task Command_carries_the_request_and_the_answer_repeats_it()
    {
        var answering = PostAsync("""
            {"model":"tiny","instructions":"Be brief.","input":[{"role":"developer","content":"d"},{"role":"user","content":[{"type":"input_text","text":"a"},{"type":"input_text","text":"b"}]},
            {"type":"reasoning","summary":[],"content":[{"type":"reasoning_text","text":"t"}]},{"type":"function_call","call_id":"c1","name":"f","arguments":"{}"},{"type":"function_call_output","call_id":"c1","output":"42"}],
            "tools":[{"type":"function","name":"f","description":"d","parameters":{"type":"object"},"strict":false}],"tool_choice":{"type":"allowed_tools","tools":[{"type":"function","name":"f"}]},"parallel_tool_calls":false,
            "text":{"format":{"type":"json_schema","name":"n","schema":{"type":"object"}}},"reasoning":{"effort":"xhigh"},"temperature":0.5,"top_p":0.25,"presence_penalty":1,"frequency_penalty":-1,"max_output_tokens":5,"top_logprobs":2,
            "service_tier":"flex","metadata":{"k":"v"},"prompt_cache_key":"p","safety_identifier":"s","user":"u","include":["message.output_text.logprobs"],"stream_options":null,"seed":3}
            """);
        var job = await _server.Worker.NextJobAsync();
        await job.FinishAsync();
        using var response = await answering.OrTimeout("the answer");

        var command = job.Command;
        Assert.Equal(["System:Be brief.\nd", "User:a\nb", "Assistant:", "Tool:42"], command.Messages!.Select(message => $"{message.Role}:{message.Content}"));
        Assert.Equal(("t", "f", "c1", "f"), (command.Messages![2].Reasoning, command.Messages[2].ToolCalls!.Single().Name, command.Messages[3].ToolCallId, command.Messages[3].Name));
        Assert.Equal((ToolChoiceMode.Auto, "f", false), (command.ToolChoice!.Mode, command.ToolChoice.Allowed!.Single(), command.ToolChoice.Parallel));
        Assert.Equal((OutputKind.JsonSchema, "high", 5, Lane.Batch), (command.Output!.Kind, command.ReasoningEffort, command.MaxTokens, command.Lane));
        Assert.Equal((0.5f, 0.25f, 1f, -1f, 3L), (command.Sampling.Temperature, command.Sampling.TopP, command.Sampling.PresencePenalty, command.Sampling.FrequencyPenalty, command.Sampling.Seed));
        Assert.Equal((true, 2), (command.Logprobs, command.TopLogprobs));
        var answer = await response.Content.ReadAsStringAsync();
        Assert.Contains("\"instructions\":\"Be brief.\",\"model\":\"tiny\",\"parallel_tool_calls\":false,\"previous_response_id\":null,\"prompt\":null,\"reasoning\":{\"effort\":\"xhigh\",\"summary\":null},\"text\":{\"format\":{\"type\":\"json_schema\",\"name\":\"n\",\"description\":null,\"schema\":{\"type\":\"object\"},\"strict\":false},\"verbosity\":\"medium\"},\"tool_choice\":{\"type\":\"allowed_tools\",\"mode\":\"auto\",\"tools\":[{\"type\":\"function\",\"name\":\"f\"}]},\"tools\":[{\"type\":\"function\",\"name\":\"f\",\"description\":\"d\",\"parameters\":{\"type\":\"object\"},\"strict\":false}]", answer, StringComparison.Ordinal);
        Assert.Contains("\"temperature\":0.5,\"top_p\":0.25,\"presence_penalty\":1,\"frequency_penalty\":-1,\"top_logprobs\":2,\"max_output_tokens\":5,\"max_tool_calls\":null,\"service_tier\":\"flex\",\"store\":true,\"metadata\":{\"k\":\"v\"},\"prompt_cache_key\":\"p\",\"prompt_cache_retention\":null,\"safety_identifier\":\"s\",\"user\":\"u\"", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model=tiny&input=Hello+w%C3%B6rld&temperature=0.5&store=false&metadata[k]=1&tools[0][type]=function&tools[0][name]=f&include[]=message.output_text.logprobs")]
    [InlineData("""model=tiny&input=Hello+w%C3%B6rld&temperature=0.5&metadata={"k":"1"}&tools=[{"type":"function","name":"f"}]&include=message.output_text.logprobs&include=message.output_text.logprobs""")]
    public async Task Forms_are_read_like_JSON(string form)
    {
        var answering = _server.PostAsync("/v1/responses", form, "application/x-www-form-urlencoded");
        var job = await _server.Worker.NextJobAsync();
        await job.FinishAsync();
        using var response = await answering.OrTimeout("the answer");

        Assert.Equal("Hello wörld", job.Command.Messages!.Single().Content);
        Assert.Equal((0.5f, "f", true), (job.Command.Sampling.Temperature, job.Command.Tools!.Single().Name, job.Command.Logprobs));
        Assert.Equal("""{"k":"1"}""", (await response.JsonAsync()).GetProperty("metadata").GetRawText());
    }

    [Fact]
    public async Task Logprobs_stand_beside_their_text_however_the_tokens_came()
    {
        var answering = PostAsync("""{"model":"tiny","input":"hi","top_logprobs":1}""");
        var job = await _server.Worker.NextJobAsync();
        await job.SendAsync(
            new GenerationDelta { Sequence = 0, Text = "", Logprobs = """[{"token":"half"}]""" },
            new GenerationDelta { Sequence = 0, Text = "x", Logprobs = """[{"token":"x"}]""" },
            new GenerationDelta { Sequence = 0, Text = "", Logprobs = """[{"token":"end"}]""" });
        await job.FinishAsync();
        using var response = await answering.OrTimeout("the answer");

        Assert.Equal("""[{"token":"half"},{"token":"x"},{"token":"end"}]""", (await response.JsonAsync()).GetProperty("output")[0].GetProperty("content")[0].GetProperty("logprobs").GetRawText());
    }

    [Fact]
    public async Task Calls_over_the_limit_are_left_out()
    {
        var answering = PostAsync("""{"model":"tiny","input":"hi","max_tool_calls":1,"tools":[{"type":"function","name":"f"}]}""");
        var job = await _server.Worker.NextJobAsync();
        await job.SendAsync([.. Enumerable.Range(0, 3).Select(call => new GenerationDelta { Sequence = 0, ToolCalls = [new ToolCallDelta { Index = call, Id = $"c{call}", Name = "f", Arguments = "{}" }] })]);
        await job.FinishAsync(FinishReason.ToolCalls);
        using var response = await answering.OrTimeout("the answer");

        Assert.Equal("c0", (await response.JsonAsync()).GetProperty("output").EnumerateArray().Single().GetProperty("call_id").GetString());
    }

    [Fact]
    public async Task Sealed_thoughts_come_back_to_the_model()
    {
        var answering = PostAsync("""{"model":"tiny","input":"hi","include":["reasoning.encrypted_content"]}""");
        var job = await _server.Worker.NextJobAsync();
        await job.SendAsync(new GenerationDelta { Sequence = 0, Reasoning = "Grübeln" });
        await job.FinishAsync();
        using var response = await answering.OrTimeout("the answer");
        var content = (await response.JsonAsync()).GetProperty("output")[0].GetProperty("encrypted_content").GetString();

        var going = PostAsync($$"""{"model":"tiny","input":[{"role":"user","content":"hi"},{"type":"reasoning","summary":[],"encrypted_content":"{{content}}"},{"role":"assistant","content":"so"}]}""");
        var next = await _server.Worker.NextJobAsync();
        await next.FinishAsync();
        using var second = await going.OrTimeout("the second answer");
        Assert.Equal(("Grübeln", "so"), (next.Command.Messages![1].Reasoning, next.Command.Messages[1].Content));
    }

    [Theory]
    [InlineData("/v1/responses/input_tokens")]
    [InlineData("/responses/input_tokens")]
    public async Task Tokens_are_counted_without_an_answer(string path)
    {
        using var response = await _server.PostAsync(path, """{"model":"tiny","instructions":"s","input":"hi"}""", "application/json");

        Assert.Equal($$"""{"object":"response.input_tokens","input_tokens":{{"System:s;User:hi;".Length}}}""", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Failure_has_its_status()
    {
        var answering = PostAsync("""{"model":"tiny","input":"hi"}""");
        await (await _server.Worker.NextJobAsync()).FailAsync(FailureCode.BackendCrashed, "It died.");
        using var response = await answering.OrTimeout("the answer");

        Assert.Equal((503, "backend_crashed", (string?)null, "It died."), await response.ErrorAsync());
    }

    private Task<HttpResponseMessage> PostAsync(string json) => _server.PostAsync("/v1/responses", json, "application/json");

    [GeneratedRegex("_at\":\\d+")]
    private static partial Regex Times();
}
