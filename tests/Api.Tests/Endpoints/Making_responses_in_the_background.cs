using System.Text.Json;
using LocalAI.Pipeline.Api.Tests.Harness;
using LocalAI.Pipeline.Messages.Deltas;
using LocalAI.Pipeline.Testing;

namespace LocalAI.Pipeline.Api.Tests.Endpoints;

public sealed class Making_responses_in_the_background : IAsyncLifetime
{
    private ApiServer _server = null!;
    private KeyedClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await ApiServer.StartAsync(KeyedClient.Keys);
        _client = new KeyedClient(_server);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Response_is_accepted_at_once_and_found_when_it_is_made()
    {
        var accepted = await AcceptAsync();
        Assert.Equal(("queued", true, "null"), (Status(accepted), accepted.GetProperty("background").GetBoolean(), accepted.GetProperty("usage").GetRawText()));
        Assert.Equal("""{"position":1,"estimated_seconds":null}""", accepted.GetProperty("localai_queue").GetRawText());
        var job = await _server.Worker.NextJobAsync();
        await job.TextAsync("Hello");
        await job.FinishAsync();

        var made = await EndedAsync(Id(accepted));
        Assert.Equal(("completed", "Hello", 9), (Status(made), Text(made), made.GetProperty("usage").GetProperty("total_tokens").GetInt32()));
        Assert.InRange(made.GetProperty("completed_at").GetInt64(), made.GetProperty("created_at").GetInt64(), made.GetProperty("created_at").GetInt64() + 600);
        Assert.False(made.TryGetProperty("localai_queue", out _));
        Assert.Equal(made.GetRawText(), (await _client.JsonAsync("GET", Path(accepted))).GetRawText());
        Assert.Equal("hi", (await _client.JsonAsync("GET", $"{Path(accepted)}/input_items")).GetProperty("data")[0].GetProperty("content")[0].GetProperty("text").GetString());
    }

    [Fact]
    public async Task Events_are_the_same_while_it_is_made_and_after_and_behind_each_of_them()
    {
        using var live = await _client.SendAsync("POST", "/v1/responses", """{"model":"tiny","input":"hi","background":true,"stream":true}""");
        var job = await _server.Worker.NextJobAsync();
        await job.SendAsync(new GenerationDelta { Sequence = 0, Reasoning = "hm" });
        await job.TextAsync("Hel");
        await job.TextAsync("lo");
        await job.FinishAsync();

        var events = Frames(await live.Content.ReadAsStringAsync().OrTimeout("the live stream"));
        Assert.Equal(["event: response.created", "event: response.queued", "event: response.in_progress", "event: response.output_item.added"], events.Take(4).Select(frame => frame.Split('\n')[0]));
        Assert.Equal("event: response.completed", events[^2].Split('\n')[0]);
        var path = $"/v1/responses/resp_{job.Command.JobId:N}";
        Assert.Equal(events, await ReadAsync($"{path}?stream=true"));
        Assert.Equal(events, await ReadAsync($"{path}?stream=true&starting_after=-1"));
        for (var after = 0; after < events.Count - 1; after += 3)
        {
            Assert.Equal(events[(after + 1)..], await ReadAsync($"{path}?stream=true&starting_after={after}"));
        }

        var last = events[^2];
        Assert.Contains((await _client.JsonAsync("GET", path)).GetRawText(), last, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_is_resumed_in_mid_run_and_ends_with_it()
    {
        string id;
        ScriptedJob job;
        using (var live = await _client.SendAsync("POST", "/v1/responses", """{"model":"tiny","input":"hi","background":true,"stream":true}"""))
        {
            job = await _server.Worker.NextJobAsync();
            id = $"resp_{job.Command.JobId:N}";
            await job.TextAsync("Hel");
        }

        // The client has gone, and the work goes on.
        using var resumed = await _client.SendAsync("GET", $"/v1/responses/{id}?stream=true&starting_after=2");
        await job.TextAsync("lo");
        await job.FinishAsync();
        var events = Frames(await resumed.Content.ReadAsStringAsync().OrTimeout("the resumed stream"));
        Assert.Equal("event: response.output_item.added", events[0].Split('\n')[0]);
        Assert.Equal("event: response.completed", events[^2].Split('\n')[0]);
        Assert.Equal(("completed", "Hello"), (Status(await EndedAsync(id)), Text(await EndedAsync(id))));
    }

    [Fact]
    public async Task Cancelling_stops_the_worker_and_a_late_end_changes_nothing()
    {
        var accepted = await AcceptAsync(",\"stream\":true", isStream: true);
        var job = await _server.Worker.NextJobAsync();
        await job.TextAsync("Once");
        using var watching = await _client.SendAsync("GET", $"{Path(accepted)}?stream=true");
        await UntilAsync(watching, "response.output_text.delta");

        var cancelled = await _client.JsonAsync("POST", $"{Path(accepted)}/cancel");
        Assert.Equal(("cancelled", "Once", "incomplete"), (Status(cancelled), Text(cancelled), cancelled.GetProperty("output")[0].GetProperty("status").GetString()));
        Assert.Equal(job.Command.JobId, (await _server.Worker.NextCancellationAsync()).JobId);
        await job.TextAsync(" upon");
        await job.FinishAsync();
        Assert.Equal(cancelled.GetRawText(), (await _client.JsonAsync("POST", $"{Path(accepted)}/cancel")).GetRawText());
        Assert.Equal(cancelled.GetRawText(), (await _client.JsonAsync("GET", Path(accepted))).GetRawText());
        var events = await ReadAsync($"{Path(accepted)}?stream=true");
        Assert.Equal("event: response.incomplete", events[^2].Split('\n')[0]);
        Assert.Contains("\"status\":\"cancelled\"", events[^2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_cancelled_is_refused()
    {
        var (foreground, _) = await _client.RespondAsync("\"input\":\"hi\"");
        var accepted = await AcceptAsync();
        var job = await _server.Worker.NextJobAsync();
        await job.FinishAsync();
        await EndedAsync(Id(accepted));

        Assert.Equal(400, (await _client.ErrorAsync("POST", $"{Path(foreground)}/cancel")).Status);
        Assert.Equal(400, (await _client.ErrorAsync("POST", $"{Path(accepted)}/cancel")).Status);
        Assert.Equal(404, (await _client.ErrorAsync("POST", $"/v1/responses/resp_{Guid.NewGuid():N}/cancel")).Status);
        Assert.Equal(404, (await _client.ErrorAsync("POST", "/v1/responses/what/cancel")).Status);
    }

    [Theory]
    [InlineData("\"store\":false", "unsupported_parameter", "background")]
    [InlineData("\"conversation\":\"conv_00000000000000000000000000000000\"", "unsupported_parameter", "background")]
    public async Task Rules_between_the_parameters_hold(string fields, string code, string param)
    {
        var error = await _client.ErrorAsync("POST", "/v1/responses", $$"""{"model":"tiny","input":"hi","background":true,{{fields}}}""");

        Assert.Equal((400, code, param), (error.Status, error.Code, error.Param));
    }

    [Fact]
    public async Task Events_of_what_was_not_made_with_stream_are_refused()
    {
        var accepted = await AcceptAsync();

        Assert.Equal((400, "stream"), Named(await _client.ErrorAsync("GET", $"{Path(accepted)}?stream=true")));
        await _client.JsonAsync("POST", $"{Path(accepted)}/cancel");
    }

    [Fact]
    public async Task Chain_goes_through_the_background_once_that_has_ended()
    {
        var accepted = await AcceptAsync();
        var job = await _server.Worker.NextJobAsync();
        Assert.Equal((400, "previous_response_id"), Named(await _client.ErrorAsync("POST", "/v1/responses", $$"""{"model":"tiny","input":"x","previous_response_id":"{{Id(accepted)}}"}""")));
        await job.TextAsync("1");
        await job.FinishAsync();
        await EndedAsync(Id(accepted));

        var (_, next) = await _client.RespondAsync($"\"input\":\"two\",\"previous_response_id\":\"{Id(accepted)}\"");
        Assert.Equal(["hi", "1", "two"], next.Command.Messages!.Select(message => message.Content));
        await _client.JsonAsync("DELETE", Path(accepted));
        Assert.Equal(404, (await _client.ErrorAsync("GET", Path(accepted))).Status);
    }

    [Fact]
    public async Task Failure_is_found_with_its_reason()
    {
        var accepted = await AcceptAsync();
        await (await _server.Worker.NextJobAsync()).FailAsync(FailureCode.PromptTooLong, "The prompt has 9 tokens, the context 8.");

        var failed = await EndedAsync(Id(accepted));
        Assert.Equal(("failed", """{"code":"context_length_exceeded","message":"The prompt has 9 tokens, the context 8."}"""), (Status(failed), failed.GetProperty("error").GetRawText()));
    }

    [Fact]
    public async Task Everything_of_another_key_is_404()
    {
        var accepted = await AcceptAsync(",\"stream\":true", isStream: true);
        var other = new KeyedClient(_server, KeyedClient.Second);

        foreach (var (method, path) in new[] { ("GET", Path(accepted)), ("GET", $"{Path(accepted)}?stream=true"), ("GET", $"{Path(accepted)}/input_items"), ("POST", $"{Path(accepted)}/cancel"), ("DELETE", Path(accepted)) })
        {
            Assert.Equal(404, (await other.ErrorAsync(method, path)).Status);
        }

        Assert.Equal(404, (await other.ErrorAsync("POST", "/v1/responses", $$"""{"model":"tiny","input":"x","background":true,"previous_response_id":"{{Id(accepted)}}"}""")).Status);
        Assert.Equal("cancelled", Status(await _client.JsonAsync("POST", $"{Path(accepted)}/cancel")));
    }

    /// <summary>A response that is accepted; where its events are asked for, as its first event has it.</summary>
    private async Task<JsonElement> AcceptAsync(string fields = "", bool isStream = false)
    {
        var body = $$"""{"model":"tiny","input":"hi","background":true{{fields}}}""";
        if (!isStream)
        {
            return await _client.JsonAsync("POST", "/v1/responses", body);
        }

        using var response = await _client.SendAsync("POST", "/v1/responses", body);
        return (await UntilAsync(response, "response.created")).GetProperty("response");
    }

    private async Task<JsonElement> EndedAsync(string id)
    {
        var patience = TestTimeout.Token;
        while (true)
        {
            patience.ThrowIfCancellationRequested();
            var response = await _client.JsonAsync("GET", $"/v1/responses/{id}");
            if (Status(response) is not ("queued" or "in_progress"))
            {
                return response;
            }
        }
    }

    private async Task<List<string>> ReadAsync(string path)
    {
        using var response = await _client.SendAsync("GET", path);
        return Frames(await response.Content.ReadAsStringAsync().OrTimeout(path));
    }

    private static async Task<JsonElement> UntilAsync(HttpResponseMessage response, string type)
    {
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(), leaveOpen: true);
        while (await lines.ReadLineAsync().OrTimeout(type) is { } line)
        {
            if (line.StartsWith($"data: {{\"type\":\"{type}\"", StringComparison.Ordinal))
            {
                using var data = JsonDocument.Parse(line["data: ".Length..]);
                return data.RootElement.Clone();
            }
        }

        throw new InvalidOperationException($"There was no {type}.");
    }

    /// <summary>Events without the comments between them.</summary>
    private static List<string> Frames(string text) => [.. text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Where(frame => !frame.StartsWith(':'))];

    private static string Id(JsonElement response) => response.GetProperty("id").GetString()!;

    private static string Path(JsonElement response) => $"/v1/responses/{Id(response)}";

    private static string? Status(JsonElement response) => response.GetProperty("status").GetString();

    private static string? Text(JsonElement response) => response.GetProperty("output")[0].GetProperty("content")[0].GetProperty("text").GetString();

    private static (int Status, string? Param) Named((int Status, string? Code, string? Param, string Message) error) => (error.Status, error.Param);
}
