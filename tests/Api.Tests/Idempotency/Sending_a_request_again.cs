using LocalAI.Pipeline.Api.Idempotency;
using LocalAI.Pipeline.Api.Persistence;
using LocalAI.Pipeline.Api.Tests.Harness;
using LocalAI.Pipeline.Api.Tests.Persistence;
using LocalAI.Pipeline.Testing;
using Microsoft.EntityFrameworkCore;

namespace LocalAI.Pipeline.Api.Tests.Idempotency;

public sealed class Sending_a_request_again
{
    private const string Hi = """{"model":"tiny","messages":[{"role":"user","content":"hi"}]}""";
    private const string Stream = """{"model":"tiny","stream":true,"messages":[{"role":"user","content":"hi"}]}""";

    [Theory]
    [MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    internal async Task Same_key_and_body_get_the_first_answer_again(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var server = await ApiServer.StartAsync(database.Settings);
        foreach (var body in new[] { Hi, Stream })
        {
            var key = Guid.NewGuid().ToString();
            var asking = SendAsync(server, key, body);
            await AnswerAsync(server, "first");
            using var first = await asking.OrTimeout("the first answer");
            var text = await first.Content.ReadAsStringAsync();
            Assert.Contains("first", text, StringComparison.Ordinal);

            using var again = await SendAsync(server, key, body).OrTimeout("the second answer");
            Assert.Equal((text, first.Content.Headers.ContentType, "true"), (await again.Content.ReadAsStringAsync(), again.Content.Headers.ContentType, again.Headers.GetValues("Idempotent-Replayed").Single()));
        }
    }

    [Fact]
    public async Task Another_body_is_409()
    {
        await using var server = await ApiServer.StartAsync();
        var asking = SendAsync(server, "one", Hi);
        await AnswerAsync(server, "first");
        using var first = await asking.OrTimeout("the first answer");

        using var other = await SendAsync(server, "one", Stream).OrTimeout("the refusal");
        var error = await other.ErrorAsync();
        Assert.Equal((409, "idempotency_key_reused"), (error.Status, error.Code));
    }

    [Fact]
    public async Task While_the_first_runs_the_second_waits_for_its_answer()
    {
        await using var server = await ApiServer.StartAsync();
        var first = SendAsync(server, "one", Hi);
        var job = await server.Worker.NextJobAsync();
        var second = SendAsync(server, "one", Hi);
        await job.TextAsync("first");
        await job.FinishAsync();

        using var answer = await first.OrTimeout("the first answer");
        using var same = await second.OrTimeout("the second answer");
        Assert.Equal(await answer.Content.ReadAsStringAsync(), await same.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_second_that_waited_too_long_is_told_to_come_again()
    {
        await using var server = await ApiServer.StartAsync(new Dictionary<string, string?> { ["Idempotency:WaitTimeout"] = "00:00:01" });
        var first = SendAsync(server, "one", Hi);
        var job = await server.Worker.NextJobAsync();
        using var second = await SendAsync(server, "one", Hi).OrTimeout("the refusal");
        Assert.Equal((409, "idempotency_request_in_progress"), ((await second.ErrorAsync()).Status, (await second.ErrorAsync()).Code));

        await job.FinishAsync();
        using var answer = await first.OrTimeout("the first answer");
    }

    [Fact]
    public async Task A_failure_is_not_remembered()
    {
        await using var server = await ApiServer.StartAsync();
        var failing = SendAsync(server, "one", Hi);
        await (await server.Worker.NextJobAsync()).FailAsync(LocalAI.Pipeline.Messages.Deltas.FailureCode.BackendBusy, "busy");
        using var failed = await failing.OrTimeout("the failure");
        Assert.Equal(503, (int)failed.StatusCode);

        var asking = SendAsync(server, "one", Hi);
        await AnswerAsync(server, "second");
        using var answer = await asking.OrTimeout("the answer");
        Assert.Equal(200, (int)answer.StatusCode);
    }

    [Fact]
    public async Task A_run_whose_process_died_is_run_by_the_next()
    {
        await using var server = await ApiServer.StartAsync();
        var asking = SendAsync(server, "one", Hi);
        await server.Worker.NextJobAsync();
        await using (var database = await server.Get<IDbContextFactory<PipelineDatabase>>().CreateDbContextAsync(TestTimeout.Token))
        {
            await database.Set<IdempotentRequest>().ExecuteUpdateAsync(set => set.SetProperty(request => request.LeaseUntil, TimeProvider.System.GetUtcNow().AddHours(-1)), TestTimeout.Token);
        }

        var next = SendAsync(server, "one", Hi);
        await AnswerAsync(server, "next");
        using var answer = await next.OrTimeout("the answer");
        Assert.Contains("next", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_are_their_owners()
    {
        await using var server = await ApiServer.StartAsync(FileClient.TwoKeys);
        foreach (var owner in (string[])["alice", "bob"])
        {
            var asking = SendAsync(server, "one", Hi, $"key-of-{owner}");
            await AnswerAsync(server, owner);
            using var answer = await asking.OrTimeout("the answer");
            Assert.Contains(owner, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    private static async Task AnswerAsync(ApiServer server, string text)
    {
        var job = await server.Worker.NextJobAsync();
        await job.TextAsync(text);
        await job.FinishAsync();
    }

    private static async Task<HttpResponseMessage> SendAsync(ApiServer server, string key, string body, string? apiKey = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") };
        request.Headers.Add("Idempotency-Key", key);
        if (apiKey is not null)
        {
            request.Headers.Add("x-api-key", apiKey);
        }

        return await server.Client.SendAsync(request, TestTimeout.Token);
    }
}
