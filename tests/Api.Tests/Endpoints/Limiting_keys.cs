using System.Net.Http.Headers;
using System.Text;
using LocalAI.Pipeline.Api.Tests.Harness;

namespace LocalAI.Pipeline.Api.Tests.Endpoints;

public sealed class Limiting_keys
{
    private const string Hi = """{"messages":[{"role":"user","content":"hi"}]}""";
    private const string Limited = "key-of-limited";
    private const string Free = "key-of-free";

    private static readonly Dictionary<string, string?> Settings = new()
    {
        ["Access:Keys:0:Name"] = "limited",
        ["Access:Keys:0:Key"] = Limited,
        ["Access:Keys:1:Name"] = "free",
        ["Access:Keys:1:Key"] = Free,
    };

    [Fact]
    public async Task Used_up_tokens_are_429_for_that_key_alone()
    {
        await using var server = await ApiServer.StartAsync(new Dictionary<string, string?>(Settings) { ["Access:Keys:0:Limits:TokensPerMinute"] = "5" });
        using var first = await AnswerAsync(server, Limited);
        Assert.Equal("5", Assert.Single(first.Headers.GetValues("x-ratelimit-limit-tokens")));

        using var second = await PostAsync(server, Limited);

        var error = await second.ErrorAsync();
        Assert.Equal((429, "rate_limit_exceeded"), (error.Status, error.Code));
        Assert.Equal("0", Assert.Single(second.Headers.GetValues("x-ratelimit-remaining-tokens")));
        Assert.NotNull(second.Headers.RetryAfter);
        using var other = await AnswerAsync(server, Free);
        Assert.False(other.Headers.Contains("x-ratelimit-limit-tokens"));
    }

    [Fact]
    public async Task Second_generation_of_a_key_that_may_have_one_waits_for_the_first()
    {
        await using var server = await ApiServer.StartAsync(new Dictionary<string, string?>(Settings) { ["Access:Keys:0:Limits:MaxRunning"] = "1" });
        var first = PostAsync(server, Limited);
        var running = await server.Worker.NextJobAsync();
        var second = PostAsync(server, Limited);
        // The other key's request came later, and is at the worker before it.
        var other = PostAsync(server, Free);
        var next = await server.Worker.NextJobAsync();
        Assert.Equal("free", next.Command.Owner);

        await next.FinishAsync();
        await running.FinishAsync();
        var last = await server.Worker.NextJobAsync();

        Assert.Equal("limited", last.Command.Owner);
        await last.FinishAsync();
        using var firstAnswer = await first;
        using var otherAnswer = await other;
        using var secondAnswer = await second;
        Assert.Equal([200, 200, 200], [(int)firstAnswer.StatusCode, (int)otherAnswer.StatusCode, (int)secondAnswer.StatusCode]);
    }

    [Fact]
    public async Task More_waiting_than_a_key_may_have_is_429()
    {
        await using var server = await ApiServer.StartAsync(new Dictionary<string, string?>(Settings) { ["Access:Keys:0:Limits:MaxQueued"] = "1" });

        using var response = await PostAsync(server, Limited, """{"messages":[{"role":"user","content":"hi"}],"n":2}""");

        Assert.Equal((429, "rate_limit_exceeded"), ((await response.ErrorAsync()) is var error ? (error.Status, error.Code) : default));
    }

    private static async Task<HttpResponseMessage> AnswerAsync(ApiServer server, string key)
    {
        var answering = PostAsync(server, key);
        var job = await server.Worker.NextJobAsync();
        await job.TextAsync("hello");
        await job.FinishAsync();
        return await answering;
    }

    private static async Task<HttpResponseMessage> PostAsync(ApiServer server, string key, string body = Hi)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return await server.Client.SendAsync(request);
    }
}
