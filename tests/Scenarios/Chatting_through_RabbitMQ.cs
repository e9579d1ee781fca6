using LocalAI.Pipeline.Scenarios.Clients;
using LocalAI.Pipeline.Scenarios.Processes;

namespace LocalAI.Pipeline.Scenarios;

public sealed class Chatting_through_RabbitMQ
{
    [Fact]
    public async Task Gives_the_tokens_that_the_standalone_host_gives()
    {
        var patience = Patience.Token();
        var settings = new Dictionary<string, string> { ["urls"] = "http://127.0.0.1:0" };
        await using var standalone = await ServerProcess.StartAsync("Standalone", settings, patience);
        await using var fleet = await Fleet.StartAsync(settings, workers: 1, patience);

        var here = await TextAsync(standalone, patience);
        var there = await TextAsync(fleet.Api, patience);

        Assert.Equal("This is a test!", string.Concat(here));
        Assert.Equal(string.Concat(here), string.Concat(there));
    }

    [Fact]
    public async Task A_request_waits_for_a_worker_that_comes_later()
    {
        var patience = Patience.Token();
        using var models = new FakeModels();
        await using var fleet = await Fleet.StartAsync(models.Settings, workers: 1, patience);
        await fleet.Workers[0].StopAsync(patience);

        await using var stream = await ChatStream.OpenWhenHeadersComeAsync(fleet.Api.Client, ChatStream.Request("fake", "fake: tokens=5"), async () => await fleet.AddWorkerAsync(patience), patience);

        Assert.Equal(FakeModels.Words(0, 5), string.Concat(await stream.ReadTextAsync(patience).ToListAsync(patience)));
    }

    private static async Task<List<string>> TextAsync(ServerProcess host, CancellationToken patience)
    {
        await host.WaitUntilReadyAsync(patience);
        await using var stream = await ChatStream.OpenAsync(host.Client, ChatStream.Request("tiny-chat", "Say this is a test!"), patience);
        return await stream.ReadTextAsync(patience).ToListAsync(patience);
    }
}
