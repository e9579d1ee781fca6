using System.Text.Json;
using LocalAI.Pipeline.Api.Tests.Harness;
using LocalAI.Pipeline.Messages.Deltas;
using LocalAI.Pipeline.Testing;

namespace LocalAI.Pipeline.Api.Tests.Endpoints;

public sealed class Keeping_responses : IAsyncLifetime
{
    private ApiServer _server = null!;
    private KeyedClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await ApiServer.StartAsync(new Dictionary<string, string?>(KeyedClient.Keys) { ["Sse:PingInterval"] = "00:00:01", ["Responses:MaxChain"] = "3" });
        _client = new KeyedClient(_server);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Response_is_found_as_it_was_answered_until_it_is_deleted()
    {
        var (answer, _) = await _client.RespondAsync("\"input\":\"hi\",\"metadata\":{\"a\":\"b\"}");
        var path = $"/v1/responses/{Id(answer)}";

        Assert.True(answer.GetProperty("store").GetBoolean());
        Assert.Equal(answer.GetRawText(), (await _client.JsonAsync("GET", $"{path}?include[]=message.output_text.logprobs&stream=false")).GetRawText());
        Assert.Equal($$"""{"id":"{{Id(answer)}}","object":"response","deleted":true}""", (await _client.JsonAsync("DELETE", path)).GetRawText());
        Assert.Equal((404, "response_not_found"), Of(await _client.ErrorAsync("GET", path)));
        Assert.Equal((404, "response_not_found"), Of(await _client.ErrorAsync("DELETE", path)));
    }

    [Fact]
    public async Task Response_that_is_not_to_be_kept_is_not_found()
    {
        var (answer, _) = await _client.RespondAsync("\"input\":\"hi\",\"store\":false");

        Assert.False(answer.GetProperty("store").GetBoolean());
        Assert.Equal((404, "response_not_found"), Of(await _client.ErrorAsync("GET", $"/v1/responses/{Id(answer)}")));
    }

    [Fact]
    public async Task Streamed_response_is_found_when_its_last_event_comes_and_not_before()
    {
        using var response = await _client.SendAsync("POST", "/v1/responses", """{"model":"tiny","input":"hi","stream":true}""");
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());
        var job = await _server.Worker.NextJobAsync();
        var path = $"/v1/responses/{Id((await EventAsync(lines, "response.created")).GetProperty("response"))}";

        Assert.Equal((404, "response_not_found"), Of(await _client.ErrorAsync("GET", path)));
        await job.TextAsync("x");
        await job.FinishAsync();
        var last = await EventAsync(lines, "response.completed");
        Assert.Equal(last.GetProperty("response").GetRawText(), (await _client.JsonAsync("GET", path)).GetRawText());
    }

    [Fact]
    public async Task Stream_that_failed_is_found_failed()
    {
        using var response = await _client.SendAsync("POST", "/v1/responses", """{"model":"tiny","input":"hi","stream":true}""");
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());
        var job = await _server.Worker.NextJobAsync();
        await job.FailAsync(FailureCode.BackendCrashed, "It died.");

        var failed = (await EventAsync(lines, "response.failed")).GetProperty("response");
        Assert.Equal(("failed", "backend_crashed"), (failed.GetProperty("status").GetString(), failed.GetProperty("error").GetProperty("code").GetString()));
        Assert.Equal(failed.GetRawText(), (await _client.JsonAsync("GET", $"/v1/responses/{Id(failed)}")).GetRawText());
    }

    [Fact]
    public async Task Input_items_come_in_pages_both_ways()
    {
        var (answer, _) = await _client.RespondAsync("""
            "input":[{"role":"user","content":"a"},{"role":"assistant","content":"b"},{"role":"user","content":"c","id":"mine"}]
            """);
        var path = $"/v1/responses/{Id(answer)}/input_items";
        var hex = Id(answer)["resp_".Length..];

        var all = await _client.JsonAsync("GET", path);
        Assert.Equal(["mine", $"msg_{hex}i1", $"msg_{hex}i0"], Ids(all));
        Assert.Equal("""{"id":"mine","type":"message","status":"completed","role":"user","content":[{"type":"input_text","text":"c"}]}""", all.GetProperty("data")[0].GetRawText());
        var first = await _client.JsonAsync("GET", $"{path}?order=asc&limit=2");
        Assert.Equal([$"msg_{hex}i0", $"msg_{hex}i1"], Ids(first));
        Assert.Equal((true, $"msg_{hex}i1"), (first.GetProperty("has_more").GetBoolean(), first.GetProperty("last_id").GetString()));
        var second = await _client.JsonAsync("GET", $"{path}?order=asc&limit=2&after=msg_{hex}i1");
        Assert.Equal((false, "mine", "mine"), (second.GetProperty("has_more").GetBoolean(), second.GetProperty("first_id").GetString(), second.GetProperty("last_id").GetString()));
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=x", "limit")]
    [InlineData("order=up", "order")]
    [InlineData("after=none", "after")]
    [InlineData("include[]=all", "include")]
    [InlineData("what=1", "what")]
    public async Task Pages_that_cannot_be_are_refused_by_name(string query, string param)
    {
        var (answer, _) = await _client.RespondAsync("\"input\":\"hi\"");

        var error = await _client.ErrorAsync("GET", $"/v1/responses/{Id(answer)}/input_items?{query}");
        Assert.Equal((400, param), (error.Status, error.Param));
    }

    [Theory]
    [InlineData("stream=true", "stream")]
    [InlineData("starting_after=1", "starting_after")]
    [InlineData("stream=maybe", "stream")]
    [InlineData("what=1", "what")]
    public async Task Looks_that_cannot_be_are_refused_by_name(string query, string param)
    {
        var (answer, _) = await _client.RespondAsync("\"input\":\"hi\"");

        var error = await _client.ErrorAsync("GET", $"/v1/responses/{Id(answer)}?{query}");
        Assert.Equal((400, param), (error.Status, error.Param));
    }

    [Fact]
    public async Task Model_reads_the_whole_chain_and_the_instructions_of_the_last_request_alone()
    {
        var (first, _) = await _client.RespondAsync("\"input\":\"one\",\"instructions\":\"old\"", "1");
        var (second, _) = await _client.RespondAsync($"\"input\":\"two\",\"previous_response_id\":\"{Id(first)}\"", "2");
        var (third, job) = await _client.RespondAsync($"\"input\":\"three\",\"instructions\":\"new\",\"previous_response_id\":\"{Id(second)}\"", "3");

        Assert.Equal(["System:new", "User:one", "Assistant:1", "User:two", "Assistant:2", "User:three"], job.Command.Messages!.Select(message => $"{message.Role}:{message.Content}"));
        Assert.Equal(Id(second), third.GetProperty("previous_response_id").GetString());
        var tokens = await _client.JsonAsync("POST", "/v1/responses/input_tokens", $$"""{"model":"tiny","input":"!","previous_response_id":"{{Id(first)}}"}""");
        Assert.Equal("User:one;Assistant:1;User:!;".Length, tokens.GetProperty("input_tokens").GetInt32());
    }

    [Fact]
    public async Task Chain_that_is_broken_or_too_long_is_refused()
    {
        var (first, _) = await _client.RespondAsync("\"input\":\"one\"");
        var (second, _) = await _client.RespondAsync($"\"input\":\"two\",\"previous_response_id\":\"{Id(first)}\"");
        var (third, _) = await _client.RespondAsync($"\"input\":\"three\",\"previous_response_id\":\"{Id(second)}\"");
        var (fourth, _) = await _client.RespondAsync($"\"input\":\"four\",\"previous_response_id\":\"{Id(third)}\"");

        Assert.Equal((400, "previous_response_chain_too_long"), Of(await PostAsync($"\"input\":\"five\",\"previous_response_id\":\"{Id(fourth)}\"")));
        await _client.JsonAsync("DELETE", $"/v1/responses/{Id(first)}");
        var error = await PostAsync($"\"input\":\"x\",\"previous_response_id\":\"{Id(second)}\"");
        Assert.Equal((404, "previous_response_not_found", "previous_response_id"), (error.Status, error.Code, error.Param));
        Assert.Contains(Id(first), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Items_are_named_by_their_ids()
    {
        var (first, _) = await _client.RespondAsync("\"input\":\"one\"", "1");
        var output = first.GetProperty("output")[0].GetProperty("id").GetString();
        var input = $"msg_{Id(first)["resp_".Length..]}i0";
        var (_, job) = await _client.RespondAsync($$"""
            "input":[{"type":"item_reference","id":"{{input}}"},{"id":"{{output}}"},{"role":"user","content":"two"}]
            """);

        Assert.Equal(["User:one", "Assistant:1", "User:two"], job.Command.Messages!.Select(message => $"{message.Role}:{message.Content}"));
        Assert.Equal((404, "item_not_found", "input[0].id"), Named(await PostAsync("\"input\":[{\"type\":\"item_reference\",\"id\":\"msg_none\"}]")));
        Assert.Equal((404, "item_not_found", "input[0].id"), Named(await PostAsync($$"""
            "input":[{"type":"item_reference","id":"{{output}}9"}]
            """)));
    }

    [Fact]
    public async Task Compacted_conversation_has_the_users_words_and_a_summary_that_the_model_reads()
    {
        var (first, _) = await _client.RespondAsync("\"input\":\"one\"", "1");
        var compacting = _client.JsonAsync("POST", "/v1/responses/compact", $$"""{"model":"tiny","instructions":"s","input":"two","previous_response_id":"{{Id(first)}}"}""");
        var job = await _server.Worker.NextJobAsync();
        await job.TextAsync(" They counted. ");
        await job.FinishAsync();
        var compacted = await compacting;

        Assert.Equal(["s", "one", "1"], job.Command.Messages!.Take(3).Select(message => message.Content));
        Assert.Equal("response.compaction", compacted.GetProperty("object").GetString());
        Assert.Equal(9, compacted.GetProperty("usage").GetProperty("total_tokens").GetInt32());
        Assert.Equal(["message", "message", "compaction"], compacted.GetProperty("output").EnumerateArray().Select(item => item.GetProperty("type").GetString()));
        var (_, next) = await _client.RespondAsync($"\"input\":{compacted.GetProperty("output").GetRawText()}");
        Assert.Contains(next.Command.Messages!, message => message.Content.EndsWith("\nThey counted.", StringComparison.Ordinal));
    }

    private Task<(int Status, string? Code, string? Param, string Message)> PostAsync(string fields) => _client.ErrorAsync("POST", "/v1/responses", $$"""{"model":"tiny",{{fields}}}""");

    private static string Id(JsonElement response) => response.GetProperty("id").GetString()!;

    private static IEnumerable<string?> Ids(JsonElement list) => list.GetProperty("data").EnumerateArray().Select(item => item.GetProperty("id").GetString());

    private static (int Status, string? Code) Of((int Status, string? Code, string? Param, string Message) error) => (error.Status, error.Code);

    private static (int Status, string? Code, string? Param) Named((int Status, string? Code, string? Param, string Message) error) => (error.Status, error.Code, error.Param);

    private static async Task<JsonElement> EventAsync(StreamReader lines, string type)
    {
        while (await lines.ReadLineAsync().OrTimeout(type) is { } line)
        {
            if (line.StartsWith("data: {", StringComparison.Ordinal))
            {
                using var data = JsonDocument.Parse(line["data: ".Length..]);
                if (data.RootElement.GetProperty("type").GetString() == type)
                {
                    return data.RootElement.Clone();
                }
            }
        }

        throw new InvalidOperationException($"There was no {type}.");
    }
}
