using System.Text.Json;
using LocalAI.Pipeline.Api.Batches.Rows;
using LocalAI.Pipeline.Api.Persistence;
using LocalAI.Pipeline.Api.Tests.Harness;
using LocalAI.Pipeline.Testing;
using Microsoft.EntityFrameworkCore;

namespace LocalAI.Pipeline.Api.Tests.Batches;

/// <summary>Makes batches at a server and follows them.</summary>
internal sealed class BatchBench(ApiServer server, FileClient client)
{
    public static string Chat(string id, string text = "hi", string more = "") =>
        $$$"""{"custom_id":"{{{id}}}","method":"POST","url":"/v1/chat/completions","body":{"model":"tiny","messages":[{"role":"user","content":"{{{text}}}"}] {{{more}}} } }""";

    public async Task<string> CreateAsync(IEnumerable<string> lines, string endpoint = "/v1/chat/completions", object? metadata = null)
    {
        var file = await client.UploadedAsync(string.Join('\n', lines) + "\n");
        var batch = await client.JsonAsync(HttpMethod.Post, "/v1/batches", new { input_file_id = file, endpoint, completion_window = "24h", metadata });
        Assert.Equal(("batch", "validating"), (batch.GetProperty("object").GetString(), batch.GetProperty("status").GetString()));
        return batch.GetProperty("id").GetString()!;
    }

    public async Task<JsonElement> GetAsync(string id) => await client.JsonAsync(HttpMethod.Get, $"/v1/batches/{id}");

    /// <summary>Waits for a state; another one that ends a batch fails the test.</summary>
    public Task<JsonElement> WaitForAsync(string id, string status) =>
        WaitUntilAsync(id, batch =>
        {
            var now = batch.GetProperty("status").GetString();
            Assert.True(now == status || now is not ("completed" or "failed" or "expired" or "cancelled"), $"The batch is {now}: {batch.GetRawText()}");
            return now == status;
        });

    public async Task<JsonElement> WaitUntilAsync(string id, Func<JsonElement, bool> holds)
    {
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        var patience = TestTimeout.Token;
        while (true)
        {
            var batch = await GetAsync(id);
            if (holds(batch))
            {
                return batch;
            }

            await poll.WaitForNextTickAsync(patience);
        }
    }

    /// <summary>The lines of an output file by their ids.</summary>
    public async Task<Dictionary<string, JsonElement>> LinesAsync(JsonElement batch, string field)
    {
        var text = await client.ContentAsync(batch.GetProperty(field).GetString()!);
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        // Fails where an id is there twice.
        return text.TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToDictionary(line => line.GetProperty("custom_id").GetString()!, StringComparer.Ordinal);
    }

    public async Task ChangeAsync(string id, System.Linq.Expressions.Expression<Func<Batch, bool>>? where, Action<Microsoft.EntityFrameworkCore.Query.UpdateSettersBuilder<Batch>> change)
    {
        await using var database = await server.Get<IDbContextFactory<PipelineDatabase>>().CreateDbContextAsync(TestTimeout.Token);
        var rows = database.Set<Batch>().Where(batch => batch.Id == id);
        await (where is null ? rows : rows.Where(where)).ExecuteUpdateAsync(change, TestTimeout.Token);
    }

    /// <summary>Answers the next jobs with their own question.</summary>
    public async Task AnswerAsync(int jobs)
    {
        for (var i = 0; i < jobs; i++)
        {
            await AnswerAsync(await server.Worker.NextJobAsync());
        }
    }

    public static async Task AnswerAsync(ScriptedJob job)
    {
        Assert.Equal(LocalAI.Pipeline.Messages.Lane.Batch, job.Command.Lane);
        await job.TextAsync($"echo {job.Command.Messages![^1].Content}");
        await job.FinishAsync();
    }

    public static (int Total, int Completed, int Failed) Counts(JsonElement batch)
    {
        var counts = batch.GetProperty("request_counts");
        return (counts.GetProperty("total").GetInt32(), counts.GetProperty("completed").GetInt32(), counts.GetProperty("failed").GetInt32());
    }
}
