using System.Collections.Concurrent;
using System.Text;
using LocalAI.Pipeline.Api.Jobs;
using LocalAI.Pipeline.Api.Relay;
using LocalAI.Pipeline.Api.Tests.Harness;
using LocalAI.Pipeline.Messages;
using LocalAI.Pipeline.Testing;

namespace LocalAI.Pipeline.Api.Tests.Endpoints;

public sealed class Leaving_clients
{
    private const int Clients = 200;

    private readonly ConcurrentDictionary<string, TaskCompletionSource<ScriptedJob>> _jobs = new();

    [Fact]
    public async Task Leave_nothing_behind_at_whatever_moment_they_go()
    {
        await using var server = await ApiServer.StartAsync();
        var chance = new Random(7);
        var clients = Enumerable.Range(0, Clients).Select(_ => chance.Next(3)).Select(deltas => LeaveAsync(server, deltas)).ToList();
        for (var i = 0; i < Clients; i++)
        {
            var job = await server.Worker.NextJobAsync();
            Of(job.Command.RequestId).SetResult(job);
        }

        await Task.WhenAll(clients);

        var cancelled = new HashSet<Guid>();
        while (cancelled.Count < Clients)
        {
            cancelled.Add((await server.Worker.NextCancellationAsync()).JobId);
        }

        Assert.Equal(0, server.Get<JobRelay>().Count);
        Assert.Equal(0, server.Get<WaitingLines>().Of("tiny", Lane.Interactive).Count);
    }

    private async Task LeaveAsync(ApiServer server, int deltas)
    {
        using var gone = new CancellationTokenSource();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Content = new StringContent("""{"messages":[{"role":"user","content":"hi"}],"stream":true}""", Encoding.UTF8, "application/json"),
        };
        var id = Guid.NewGuid().ToString("N");
        request.Headers.Add("X-Request-Id", id);
        var answering = server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, gone.Token);
        var job = await Of(id).Task.OrTimeout("the client's own command");
        for (var i = 0; i < deltas; i++)
        {
            await job.TextAsync("token");
        }

        await gone.CancelAsync();
        try
        {
            (await answering).Dispose();
        }
        catch (OperationCanceledException)
        {
            // It left before the headers.
        }
    }

    private TaskCompletionSource<ScriptedJob> Of(string requestId) =>
        _jobs.GetOrAdd(requestId, static _ => new TaskCompletionSource<ScriptedJob>(TaskCreationOptions.RunContinuationsAsynchronously));
}
