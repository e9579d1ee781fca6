using System.Net;
using System.Net.Http.Json;
using LocalAI.Pipeline.Scenarios.Clients;
using LocalAI.Pipeline.Scenarios.Processes;

namespace LocalAI.Pipeline.Scenarios;

public sealed class Losing_the_only_worker
{
    // Shorter than by default, in the same proportions.
    private static readonly Dictionary<string, string> Impatient = new()
    {
        ["Workers:Deltas:AliveInterval"] = "00:00:00.5",
        ["Relay:SilenceTimeout"] = "00:00:02",
        ["Relay:RecoveryTimeout"] = "00:00:04",
    };

    [Fact]
    public async Task The_stream_ends_with_an_honest_error_when_no_other_comes()
    {
        var patience = Patience.Token();
        using var models = new FakeModels();
        await using var fleet = await Fleet.StartAsync(new Dictionary<string, string>([.. models.Settings, .. Impatient]), workers: 1, patience);

        await using var stream = await ChatStream.OpenAsync(fleet.Api.Client, ChatStream.Request("fake", $"fake: tokens=40 stall-after=20 until={models.Signal("never")}"), patience);
        var text = "";
        var error = await stream.ReadUntilErrorAsync(async piece =>
        {
            text += piece;
            if (text == FakeModels.Words(0, 20))
            {
                await fleet.Workers[0].KillAsync(patience);
            }
        }, patience);

        Assert.Equal(FakeModels.Words(0, 20), text);
        Assert.Equal("worker_gone", error.GetProperty("code").GetString());
        Assert.Contains("no other took over", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        await Metrics.WaitForAsync(fleet.Api.Client, "open_jobs", 0, patience);

        // The next worker finds the command in the broker, and that nobody wants it: its slots stay free.
        await fleet.AddWorkerAsync(patience);
        await using var next = await ChatStream.OpenAsync(fleet.Api.Client, ChatStream.Request("fake", "fake: tokens=3"), patience);
        Assert.Equal(FakeModels.Words(0, 3), string.Concat(await next.ReadTextAsync(patience).ToListAsync(patience)));
    }

    [Fact]
    public async Task A_request_that_no_worker_takes_is_503_after_its_bounded_wait()
    {
        var patience = Patience.Token();
        using var models = new FakeModels();
        await using var fleet = await Fleet.StartAsync(new Dictionary<string, string>([.. models.Settings, new("Dispatch:QueueTimeout", "00:00:02")]), workers: 1, patience);
        await fleet.Workers[0].KillAsync(patience);

        using var answer = await fleet.Api.Client.PostAsJsonAsync("/v1/chat/completions", ChatStream.Request("fake", "fake: tokens=3"), patience);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("Dispatch:QueueTimeout", await answer.Content.ReadAsStringAsync(patience), StringComparison.Ordinal);
    }
}
