using System.Text.Json;
using LocalAI.Pipeline.Scenarios.Clients;
using LocalAI.Pipeline.Scenarios.Processes;
using Microsoft.Playwright;

namespace LocalAI.Pipeline.Scenarios;

/// <summary>A page in Chromium, of another origin than the API, over SignalR's own client.</summary>
public sealed class Chatting_from_a_browser_page
{
    private static readonly Dictionary<string, string> OwnPagesOnly = new() { ["urls"] = "http://127.0.0.1:0" };

    private static readonly KeyValuePair<string, string> PagesOfThisMachine = new("Access:AllowedHosts:0", "127.0.0.1");

    [Fact]
    public async Task An_answer_streams_into_the_page()
    {
        var patience = Patience.Token();
        await using var host = await ServerProcess.StartAsync("Standalone", new Dictionary<string, string>([.. OwnPagesOnly, PagesOfThisMachine]), patience);
        await host.WaitUntilReadyAsync(patience);
        await using var page = await ChatPage.OpenAsync(patience);
        await page.ConnectAsync(host);

        var seen = await page.ChatAsync(ChatStream.Request("tiny-chat", "Say this is a test!"), patience);
        var longer = await page.ChatAsync(ChatStream.Request("tiny-chat", "Tell me a story", new { ignore_eos = true, max_tokens = 400 }), patience);

        Assert.Equal("This is a test!", TextOf(seen));
        Assert.Equal("stop", seen.GetProperty("finish").GetString());
        Assert.StartsWith("chatcmpl-", seen.GetProperty("id").GetString(), StringComparison.Ordinal);
        // Tokens are joined only while a reader or a core is behind.
        Assert.InRange(longer.GetProperty("pieces").GetArrayLength(), 10, 400);
        Assert.Equal("length", longer.GetProperty("finish").GetString());
    }

    [Theory]
    [InlineData("dispose")]
    [InlineData("cancel")]
    public async Task A_page_that_ends_a_stream_frees_its_slot(string action)
    {
        var patience = Patience.Token();
        using var models = new FakeModels(slots: 1);
        await using var host = await ServerProcess.StartAsync("Standalone", new Dictionary<string, string>([.. models.Settings, PagesOfThisMachine]), patience);
        await host.WaitUntilReadyAsync(patience);
        await using var page = await ChatPage.OpenAsync(patience);
        await page.ConnectAsync(host);

        var seen = await page.ChatAsync(ChatStream.Request("fake", $"fake: tokens=100000 stall-after=5 until={models.Signal("never")}"), patience, after: FakeModels.Words(0, 5).Length, action);

        Assert.Equal(FakeModels.Words(0, 5), TextOf(seen));
        if (action == "cancel")
        {
            Assert.True(seen.GetProperty("cancelled").GetBoolean());
            Assert.Equal("cancelled", seen.GetProperty("error").GetProperty("code").GetString());
        }

        // The only slot serves the next one, over the same connection.
        var next = await page.ChatAsync(ChatStream.Request("fake", "fake: tokens=4"), patience);
        Assert.Equal(FakeModels.Words(0, 4), TextOf(next));
        await Metrics.WaitForAsync(host.Client, "slots_busy", 0, patience);
    }

    [Fact]
    public async Task A_page_of_a_host_that_is_not_allowed_cannot_connect()
    {
        var patience = Patience.Token();
        await using var host = await ServerProcess.StartAsync("Standalone", OwnPagesOnly, patience);
        await using var page = await ChatPage.OpenAsync(patience);

        var refused = await Assert.ThrowsAsync<PlaywrightException>(() => page.ConnectAsync(host));

        Assert.Contains("negotiation", refused.Message, StringComparison.Ordinal);
    }

    private static string TextOf(JsonElement seen) => string.Concat(seen.GetProperty("pieces").EnumerateArray().Select(piece => piece.GetString()));
}
