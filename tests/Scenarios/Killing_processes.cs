using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using LocalAI.Pipeline.JsonSchemas;
using LocalAI.Pipeline.Scenarios.Clients;
using LocalAI.Pipeline.Scenarios.Processes;
using LocalAI.Pipeline.Testing.RabbitMq;

namespace LocalAI.Pipeline.Scenarios;

public sealed class Killing_processes
{
    private const string LongList = """
        {"type":"object","properties":{"numbers":{"type":"array","items":{"type":"integer","minimum":100,"maximum":999},"minItems":100,"maxItems":120}},
         "required":["numbers"],"additionalProperties":false}
        """;

    [Fact]
    public async Task A_backend_that_dies_in_mid_stream_is_replaced_and_the_stream_goes_on()
    {
        var patience = Patience.Token();
        using var models = new FakeModels();
        await using var host = await ServerProcess.StartAsync("Standalone", models.Settings, patience);
        await host.WaitUntilReadyAsync(patience);

        await using var stream = await ChatStream.OpenAsync(host.Client, ChatStream.Request("fake", "fake: tokens=60 crash-after=25 pause=1"), patience);
        var text = string.Concat(await stream.ReadTextAsync(patience).ToListAsync(patience));

        Assert.Equal(FakeModels.Words(0, 60), text);
    }

    [Fact]
    public async Task The_engine_itself_may_be_killed_while_it_generates()
    {
        var patience = Patience.Token();
        await using var host = await ServerProcess.StartAsync("Standalone", new Dictionary<string, string> { ["urls"] = "http://127.0.0.1:0" }, patience);
        await host.WaitUntilReadyAsync(patience);

        // Only one text is possible, so that the answer is the same however the engine rounds.
        var sentence = string.Concat(Enumerable.Range(0, 150).Select(i => $"number {i}, "));
        var request = ChatStream.Request("tiny-chat", "Count", new { grammar = $"root ::= \"{sentence}\"", max_tokens = 1500 });
        await using var stream = await ChatStream.OpenAsync(host.Client, request, patience);
        var text = "";
        await foreach (var piece in stream.ReadTextAsync(patience))
        {
            var before = text.Length;
            text += piece;
            if (before < 40 && text.Length >= 40)
            {
                KillHard(Assert.Single(BackendProcesses.Under(host.Id, "Backends.Llama")));
            }
        }

        Assert.Equal(sentence, text);
    }

    [Fact]
    public async Task A_JSON_answer_stays_valid_when_the_engine_is_killed_in_it()
    {
        var patience = Patience.Token();
        await using var host = await ServerProcess.StartAsync("Standalone", new Dictionary<string, string> { ["urls"] = "http://127.0.0.1:0" }, patience);
        await host.WaitUntilReadyAsync(patience);

        var request = ChatStream.Request("tiny-chat", "Give me numbers", new { json_schema = JsonNode.Parse(LongList), max_tokens = 1500, temperature = 0 });
        await using var stream = await ChatStream.OpenAsync(host.Client, request, patience);
        var text = "";
        var reason = "";
        await foreach (var chunk in stream.ReadAsync(patience))
        {
            var before = text.Length;
            text += ChatStream.TextOf(chunk);
            reason = ReasonOf(chunk) ?? reason;
            KillOnce(host, before, text.Length);
        }

        Assert.Equal("stop", reason);
        Assert.Null(JsonSchemaDocument.Parse(JsonElement.Parse(LongList)).FirstViolation(JsonElement.Parse(text)));
    }

    [Fact]
    public async Task A_forced_call_stays_valid_when_the_engine_is_killed_in_it()
    {
        var patience = Patience.Token();
        await using var host = await ServerProcess.StartAsync("Standalone", new Dictionary<string, string> { ["urls"] = "http://127.0.0.1:0" }, patience);
        await host.WaitUntilReadyAsync(patience);

        var tool = new { type = "function", function = new { name = "draw", parameters = JsonNode.Parse(LongList), strict = true } };
        var request = ChatStream.Request("tiny-chat", "Draw numbers", new { tools = new[] { tool }, tool_choice = "required", parallel_tool_calls = false, max_tokens = 1500, temperature = 0 });
        await using var stream = await ChatStream.OpenAsync(host.Client, request, patience);
        var (arguments, ids, reason) = ("", new List<string>(), "");
        await foreach (var chunk in stream.ReadAsync(patience))
        {
            var before = arguments.Length;
            foreach (var call in CallsOf(chunk))
            {
                arguments += call.GetProperty("function").GetProperty("arguments").GetString();
                ids.AddRange(call.TryGetProperty("id", out var id) ? [id.GetString()!] : (string[])[]);
            }

            reason = ReasonOf(chunk) ?? reason;
            KillOnce(host, before, arguments.Length);
        }

        Assert.Equal("tool_calls", reason);
        Assert.Single(ids);
        Assert.Null(JsonSchemaDocument.Parse(JsonElement.Parse(LongList)).FirstViolation(JsonElement.Parse(arguments)));
    }

    [Fact]
    public async Task A_worker_that_dies_hands_its_stream_to_the_next()
    {
        var patience = Patience.Token();
        using var models = new FakeModels();
        await using var fleet = await Fleet.StartAsync(models.Settings, workers: 1, patience);
        var signal = models.Signal("go-on");

        await using var stream = await ChatStream.OpenAsync(fleet.Api.Client, ChatStream.Request("fake", $"fake: tokens=40 stall-after=20 until={signal}"), patience);
        var text = "";
        await foreach (var piece in stream.ReadTextAsync(patience))
        {
            var before = text.Length;
            text += piece;
            if (before < FakeModels.Words(0, 20).Length && text.Length == FakeModels.Words(0, 20).Length)
            {
                await fleet.Workers[0].KillAsync(patience);
                await File.WriteAllTextAsync(signal, "", patience);
                await fleet.AddWorkerAsync(patience);
            }
        }

        Assert.Equal(FakeModels.Words(0, 40), text);
    }

    [Fact]
    public async Task A_broker_that_restarts_costs_no_token()
    {
        var patience = Patience.Token();
        using var models = new FakeModels();
        await using var broker = await RabbitMqServer.StartNewAsync();
        await using var fleet = await Fleet.StartAsync(models.Settings, workers: 1, patience, broker);
        var signal = models.Signal("go-on");

        await using var stream = await ChatStream.OpenAsync(fleet.Api.Client, ChatStream.Request("fake", $"fake: tokens=40 stall-after=20 until={signal}"), patience);
        var text = "";
        await foreach (var piece in stream.ReadTextAsync(patience))
        {
            var before = text.Length;
            text += piece;
            if (before < FakeModels.Words(0, 20).Length && text.Length == FakeModels.Words(0, 20).Length)
            {
                await broker.StopAsync();
                await File.WriteAllTextAsync(signal, "", patience);
                await broker.StartAsync();
            }
        }

        Assert.Equal(FakeModels.Words(0, 40), text);
    }

    private static void KillOnce(ServerProcess host, int before, int after)
    {
        if (before < 40 && after >= 40)
        {
            KillHard(Assert.Single(BackendProcesses.Under(host.Id, "Backends.Llama")));
        }
    }

    private static string? ReasonOf(JsonElement chunk) =>
        chunk.GetProperty("choices") is { } choices && choices.GetArrayLength() > 0 ? choices[0].GetProperty("finish_reason").GetString() : null;

    private static JsonElement.ArrayEnumerator CallsOf(JsonElement chunk) =>
        chunk.GetProperty("choices") is { } choices && choices.GetArrayLength() > 0 && choices[0].GetProperty("delta").TryGetProperty("tool_calls", out var calls)
            ? calls.EnumerateArray()
            : default;

    private static void KillHard(int processId)
    {
        using var process = Process.GetProcessById(processId);
        process.Kill();
    }
}
