using System.Net.Http.Json;
using LocalAI.Pipeline.Scenarios.Clients;
using LocalAI.Pipeline.Scenarios.Processes;

namespace LocalAI.Pipeline.Scenarios;

public sealed class Leaving_in_mid_stream
{
    private const int Clients = 1000;
    private const int AtOnce = 8;

    [Fact]
    public async Task A_thousand_clients_that_leave_keep_no_slot()
    {
        var patience = Patience.Token();
        using var models = new FakeModels(slots: 4);
        await using var host = await ServerProcess.StartAsync("Standalone", models.Settings, patience);
        await host.WaitUntilReadyAsync(patience);
        var random = new Random(7);
        var pieces = Enumerable.Range(0, Clients).Select(_ => random.Next(0, 6)).ToArray();

        // An endless answer: each client leaves after a few pieces, or before the first.
        await Parallel.ForEachAsync(pieces, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = patience }, async (wanted, cancel) =>
        {
            await using var stream = await ChatStream.OpenAsync(host.Client, ChatStream.Request("fake", "fake: tokens=100000 pause=1"), cancel);
            await using var reader = stream.ReadTextAsync(cancel).GetAsyncEnumerator(cancel);
            for (var i = 0; i < wanted; i++)
            {
                Assert.True(await reader.MoveNextAsync());
            }
        });

        // All slots are free: as many requests as there are slots run at the same time and end.
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => host.Client.PostAsJsonAsync("/v1/chat/completions", ChatStream.Request("fake", "fake: tokens=5", new { stream = false }), patience)));
        Assert.All(answers, answer => Assert.True(answer.IsSuccessStatusCode));
        await Metrics.WaitForAsync(host.Client, "slots_busy", 0, patience);
        await Metrics.WaitForAsync(host.Client, "open_jobs", 0, patience);
        Array.ForEach(answers, answer => answer.Dispose());
    }
}
