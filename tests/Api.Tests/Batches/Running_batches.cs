using System.Text.Json;
using LocalAI.Pipeline.Api.Batches.Rows;
using LocalAI.Pipeline.Api.Persistence;
using LocalAI.Pipeline.Api.Tests.Harness;
using LocalAI.Pipeline.Api.Tests.Persistence;
using LocalAI.Pipeline.Messages.Deltas;
using LocalAI.Pipeline.Testing;
using Microsoft.EntityFrameworkCore;

namespace LocalAI.Pipeline.Api.Tests.Batches;

public sealed class Running_batches
{
    [Theory]
    [MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    internal async Task A_batch_gives_each_line_the_answer_of_its_endpoint(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var server = await ApiServer.StartAsync(database.Settings);
        var client = new FileClient(server);
        var bench = new BatchBench(server, client);
        var id = await bench.CreateAsync(
            [BatchBench.Chat("a", "one"), "", BatchBench.Chat("b", "two", ",\"temperature\":\"hot\""), BatchBench.Chat("c", "three")],
            metadata: new { project = "x" });
        await bench.AnswerAsync(2);

        var batch = await bench.WaitForAsync(id, "completed");

        Assert.Equal((3, 2, 1), BatchBench.Counts(batch));
        Assert.Equal("""{"project":"x"}""", batch.GetProperty("metadata").GetRawText());
        Assert.Equal(86400, batch.GetProperty("expires_at").GetInt64() - batch.GetProperty("created_at").GetInt64());
        Assert.All(new[] { "in_progress_at", "finalizing_at", "completed_at" }, time => Assert.InRange(batch.GetProperty(time).GetInt64(), batch.GetProperty("created_at").GetInt64(), long.MaxValue));
        Assert.All(new[] { "failed_at", "expired_at", "cancelled_at", "cancelling_at", "errors" }, field => Assert.Equal(JsonValueKind.Null, batch.GetProperty(field).ValueKind));
        var output = await bench.LinesAsync(batch, "output_file_id");
        Assert.Equal(["a", "c"], output.Keys);
        Assert.Equal("echo one", output["a"].GetProperty("response").GetProperty("body").GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString());
        Assert.Equal((200, JsonValueKind.Null), (output["c"].GetProperty("response").GetProperty("status_code").GetInt32(), output["c"].GetProperty("error").ValueKind));
        var refused = Assert.Single(await bench.LinesAsync(batch, "error_file_id"));
        Assert.Equal((400, "temperature"), (refused.Value.GetProperty("response").GetProperty("status_code").GetInt32(), refused.Value.GetProperty("response").GetProperty("body").GetProperty("error").GetProperty("param").GetString()));
        Assert.Equal("batch_output", (await client.JsonAsync(HttpMethod.Get, $"/v1/files/{batch.GetProperty("output_file_id").GetString()}")).GetProperty("purpose").GetString());

        await using var rows = database.Open();
        Assert.Empty(await rows.Set<BatchResult>().ToListAsync(TestTimeout.Token));
    }

    [Fact]
    public async Task The_counts_move_while_it_runs()
    {
        await using var server = await ApiServer.StartAsync();
        var bench = new BatchBench(server, new FileClient(server));
        var id = await bench.CreateAsync([BatchBench.Chat("a"), BatchBench.Chat("b")]);
        var (first, second) = (await server.Worker.NextJobAsync(), await server.Worker.NextJobAsync());

        Assert.Equal((2, 0, 0), BatchBench.Counts(await bench.GetAsync(id)));
        await BatchBench.AnswerAsync(first);
        await bench.WaitUntilAsync(id, batch => BatchBench.Counts(batch) == (2, 1, 0));
        await BatchBench.AnswerAsync(second);
        Assert.Equal((2, 2, 0), BatchBench.Counts(await bench.WaitForAsync(id, "completed")));
    }

    [Fact]
    public async Task Completions_and_embeddings_run_too()
    {
        await using var server = await ApiServer.StartAsync();
        var bench = new BatchBench(server, new FileClient(server));
        var embeddings = await bench.CreateAsync(["""{"custom_id":"e","method":"POST","url":"/v1/embeddings","body":{"model":"tiny","input":"abc"}}"""], "/v1/embeddings");
        var completions = await bench.CreateAsync(["""{"custom_id":"c","method":"POST","url":"/v1/completions","body":{"model":"tiny","prompt":"once"}}"""], "/v1/completions");
        var job = await server.Worker.NextJobAsync();
        Assert.Equal(LocalAI.Pipeline.Messages.Lane.Batch, job.Command.Lane);
        await job.TextAsync("upon");
        await job.FinishAsync();

        var vectors = await bench.LinesAsync(await bench.WaitForAsync(embeddings, "completed"), "output_file_id");
        Assert.Equal(4, vectors["e"].GetProperty("response").GetProperty("body").GetProperty("data")[0].GetProperty("embedding").GetArrayLength());
        var texts = await bench.LinesAsync(await bench.WaitForAsync(completions, "completed"), "output_file_id");
        Assert.Equal("upon", texts["c"].GetProperty("response").GetProperty("body").GetProperty("choices")[0].GetProperty("text").GetString());
    }

    [Fact]
    public async Task Responses_run_too()
    {
        await using var server = await ApiServer.StartAsync();
        var bench = new BatchBench(server, new FileClient(server));
        var id = await bench.CreateAsync(["""{"custom_id":"r","method":"POST","url":"/v1/responses","body":{"model":"tiny","input":"one"}}"""], "/v1/responses");
        await bench.AnswerAsync(1);

        var output = await bench.LinesAsync(await bench.WaitForAsync(id, "completed"), "output_file_id");
        var response = output["r"].GetProperty("response").GetProperty("body");
        Assert.Equal(("response", "echo one"), (response.GetProperty("object").GetString(), response.GetProperty("output")[0].GetProperty("content")[0].GetProperty("text").GetString()));
    }

    [Fact]
    public async Task Thousands_of_lines_each_have_one_answer()
    {
        await using var server = await ApiServer.StartAsync();
        var bench = new BatchBench(server, new FileClient(server));
        var lines = Enumerable.Range(0, 2000).Select(line => $$$"""{"custom_id":"{{{line}}}","method":"POST","url":"/v1/embeddings","body":{"model":"tiny","input":"{{{new string('x', line % 7 + 1)}}}"}}""");
        var batch = await bench.WaitForAsync(await bench.CreateAsync(lines, "/v1/embeddings"), "completed");

        Assert.Equal((2000, 2000, 0), BatchBench.Counts(batch));
        var output = await bench.LinesAsync(batch, "output_file_id");
        Assert.Equal(Enumerable.Range(0, 2000).Select(line => $"{line}"), output.Keys);
        Assert.Equal(3, output["2"].GetProperty("response").GetProperty("body").GetProperty("usage").GetProperty("total_tokens").GetInt32());
    }

    [Fact]
    public async Task A_passing_failure_is_tried_again()
    {
        await using var server = await ApiServer.StartAsync();
        var bench = new BatchBench(server, new FileClient(server));
        var id = await bench.CreateAsync([BatchBench.Chat("a", "one")]);
        await (await server.Worker.NextJobAsync()).FailAsync(FailureCode.BackendBusy, "The backend is busy.");
        await bench.AnswerAsync(1);

        Assert.Equal((1, 1, 0), BatchBench.Counts(await bench.WaitForAsync(id, "completed")));
    }

    [Fact]
    public async Task Failures_are_tried_so_often_and_no_more()
    {
        await using var server = await ApiServer.StartAsync(new Dictionary<string, string?> { ["Batches:Tries"] = "1" });
        var bench = new BatchBench(server, new FileClient(server));
        var id = await bench.CreateAsync([BatchBench.Chat("a", "one")]);
        await (await server.Worker.NextJobAsync()).FailAsync(FailureCode.BackendBusy, "The backend is busy.");

        var line = Assert.Single(await bench.LinesAsync(await bench.WaitForAsync(id, "completed"), "error_file_id")).Value;
        Assert.Equal(503, line.GetProperty("response").GetProperty("status_code").GetInt32());
    }

    [Fact]
    public async Task Cancelling_keeps_what_is_done_and_frees_the_slot()
    {
        await using var server = await ApiServer.StartAsync(new Dictionary<string, string?> { ["Batches:LinesAtOnce"] = "1" });
        var client = new FileClient(server);
        var bench = new BatchBench(server, client);
        var id = await bench.CreateAsync([BatchBench.Chat("a", "one"), BatchBench.Chat("b"), BatchBench.Chat("c")]);
        await bench.AnswerAsync(1);
        var running = await server.Worker.NextJobAsync();

        var cancelling = await client.JsonAsync(HttpMethod.Post, $"/v1/batches/{id}/cancel");
        Assert.Contains(cancelling.GetProperty("status").GetString(), (string[])["cancelling", "cancelled"]);
        Assert.Equal(running.Command.JobId, (await server.Worker.NextCancellationAsync()).JobId);
        var batch = await bench.WaitForAsync(id, "cancelled");

        Assert.Equal((3, 1, 0), BatchBench.Counts(batch));
        Assert.Equal(["a"], (await bench.LinesAsync(batch, "output_file_id")).Keys);
        var left = await bench.LinesAsync(batch, "error_file_id");
        Assert.Equal(["b", "c"], left.Keys);
        Assert.All(left.Values, line => Assert.Equal("batch_cancelled", line.GetProperty("error").GetProperty("code").GetString()));
        Assert.Equal("cancelled", (await client.JsonAsync(HttpMethod.Post, $"/v1/batches/{id}/cancel")).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_completed_batch_cannot_be_cancelled()
    {
        await using var server = await ApiServer.StartAsync();
        var client = new FileClient(server);
        var bench = new BatchBench(server, client);
        var id = await bench.CreateAsync([BatchBench.Chat("a")]);
        await bench.AnswerAsync(1);
        await bench.WaitForAsync(id, "completed");

        var error = await client.ErrorAsync(HttpMethod.Post, $"/v1/batches/{id}/cancel");
        Assert.Equal((409, "batch_not_cancellable"), (error.Status, error.Code));
    }

    [Fact]
    public async Task A_batch_over_its_time_has_what_was_done_by_then()
    {
        await using var server = await ApiServer.StartAsync(new Dictionary<string, string?> { ["Batches:LinesAtOnce"] = "1", ["Batches:LeaseDuration"] = "00:00:01" });
        var bench = new BatchBench(server, new FileClient(server));
        var id = await bench.CreateAsync([BatchBench.Chat("a", "one"), BatchBench.Chat("b")]);
        await bench.AnswerAsync(1);
        await server.Worker.NextJobAsync();
        await bench.ChangeAsync(id, null, set => set.SetProperty(batch => batch.ExpiresAt, TimeProvider.System.GetUtcNow().AddSeconds(-1)));

        var batch = await bench.WaitForAsync(id, "expired");

        Assert.Equal(["a"], (await bench.LinesAsync(batch, "output_file_id")).Keys);
        var left = Assert.Single(await bench.LinesAsync(batch, "error_file_id"));
        Assert.Equal(("b", "batch_expired"), (left.Key, left.Value.GetProperty("error").GetProperty("code").GetString()));
        Assert.NotEqual(JsonValueKind.Null, batch.GetProperty("expired_at").ValueKind);
    }

    [Theory]
    [MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    internal async Task Another_process_goes_on_where_one_stopped(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        using var objects = new TemporaryFolder();
        var settings = new Dictionary<string, string?>(database.Settings) { ["Objects:Folder"] = objects.FullPath, ["Batches:LinesAtOnce"] = "1" };
        string id;
        await using (var first = await ApiServer.StartAsync(settings))
        {
            var bench = new BatchBench(first, new FileClient(first));
            id = await bench.CreateAsync([BatchBench.Chat("a", "one"), BatchBench.Chat("b", "two"), BatchBench.Chat("c", "three")]);
            await bench.AnswerAsync(1);
            var begun = await first.Worker.NextJobAsync();
            Assert.Equal("two", begun.Command.Messages![^1].Content);
        }

        await using var second = await ApiServer.StartAsync(settings);
        var next = new BatchBench(second, new FileClient(second));
        await next.AnswerAsync(2);
        var batch = await next.WaitForAsync(id, "completed");

        Assert.Equal((3, 3, 0), BatchBench.Counts(batch));
        var output = await next.LinesAsync(batch, "output_file_id");
        Assert.Equal(["echo one", "echo two", "echo three"], output.Values.Select(line => line.GetProperty("response").GetProperty("body").GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()));
    }

    [Fact]
    public async Task A_process_that_lost_its_lease_changes_nothing()
    {
        await using var server = await ApiServer.StartAsync(new Dictionary<string, string?> { ["Batches:LeaseDuration"] = "00:00:02" });
        var bench = new BatchBench(server, new FileClient(server));
        var id = await bench.CreateAsync([BatchBench.Chat("a", "one")]);
        var job = await server.Worker.NextJobAsync();
        var later = TimeProvider.System.GetUtcNow().AddHours(1);
        await bench.ChangeAsync(id, null, set => set.SetProperty(batch => batch.LeaseOwner, "other").SetProperty(batch => batch.LeaseUntil, later));

        Assert.Equal(job.Command.JobId, (await server.Worker.NextCancellationAsync()).JobId);
        await server.Logs.WaitForAsync(entry => entry.Message.Contains("does not run here any more", StringComparison.Ordinal));
        Assert.Equal((1, 0, 0), BatchBench.Counts(await bench.GetAsync(id)));
        Assert.Equal("in_progress", (await bench.GetAsync(id)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task One_keys_batches_leave_room_for_anothers()
    {
        await using var server = await ApiServer.StartAsync(new Dictionary<string, string?>(FileClient.TwoKeys) { ["Batches:LinesOfOneKey"] = "2" });
        var (alice, bob) = (new FileClient(server, "key-of-alice"), new FileClient(server, "key-of-bob"));
        var flood = new BatchBench(server, alice);
        var floods = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            floods.Add(await flood.CreateAsync(Enumerable.Range(0, 5).Select(line => BatchBench.Chat($"{line}"))));
        }

        var held = new[] { await server.Worker.NextJobAsync(), await server.Worker.NextJobAsync() };
        var small = new BatchBench(server, bob);
        var id = await small.CreateAsync([BatchBench.Chat("b", "bob")]);
        var next = await server.Worker.NextJobAsync();

        Assert.All(held, job => Assert.Equal("alice", job.Command.Owner));
        Assert.Equal("bob", next.Command.Owner);
        await BatchBench.AnswerAsync(next);
        await small.WaitForAsync(id, "completed");
        Assert.All(floods, batch => Assert.NotEmpty(batch));
    }
}
