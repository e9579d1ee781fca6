using System.Text.Json;
using LocalAI.Pipeline.Scenarios.Clients;
using LocalAI.Pipeline.Scenarios.Processes;

namespace LocalAI.Pipeline.Scenarios;

public sealed class Breaking_answers_of_Anthropics_client : IAsyncLifetime
{
    private const string Key = "a-key-of-the-scenario";

    private readonly FakeModels _models = new();
    private ServerProcess _host = null!;

    public async ValueTask InitializeAsync()
    {
        var patience = Patience.Token();
        _host = await ServerProcess.StartAsync("Standalone", new Dictionary<string, string>(_models.Settings) { ["Access:Keys:0:Key"] = Key }, patience);
        await _host.WaitUntilReadyAsync(patience);
    }

    [Fact]
    public async Task A_backend_that_dies_in_mid_stream_goes_unnoticed()
    {
        var answer = await RunAsync("broken", "apiKey", Key, "fake: tokens=60 crash-after=25 pause=1");

        Assert.Equal(FakeModels.Words(0, 60).TrimEnd(), answer.GetProperty("text").GetString()!.TrimEnd());
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("error").ValueKind);
    }

    [Fact]
    public async Task A_backend_that_dies_again_and_again_ends_the_stream_with_an_error()
    {
        var answer = await RunAsync("broken", "authToken", Key, "fake: tokens=60 crash-after=5 pause=1");

        Assert.StartsWith(FakeModels.Words(0, 5), answer.GetProperty("text").GetString(), StringComparison.Ordinal);
        var error = answer.GetProperty("error");
        Assert.Equal(("APIError", JsonValueKind.Null), (error.GetProperty("class").GetString(), error.GetProperty("status").ValueKind));
        Assert.Equal(("overloaded_error", "backend_crashed"), (error.GetProperty("type").GetString(), error.GetProperty("code").GetString()));
        Assert.False(string.IsNullOrEmpty(error.GetProperty("requestId").GetString()));
    }

    [Theory]
    [InlineData("apiKey")]
    [InlineData("authToken")]
    public async Task A_wrong_key_is_an_authentication_error(string way)
    {
        var answer = await RunAsync("broken", way, "another-key", "fake: tokens=5");

        var error = answer.GetProperty("error");
        Assert.Equal(("AuthenticationError", 401), (error.GetProperty("class").GetString(), error.GetProperty("status").GetInt32()));
        Assert.Equal("authentication_error", error.GetProperty("type").GetString());
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _models.Dispose();
    }

    private Task<JsonElement> RunAsync(string function, string way, string key, string script) => NodeProgram.RunAsync("anthropic", function, new Dictionary<string, object>
    {
        ["baseURL"] = _host.Address.GetLeftPart(UriPartial.Authority),
        [way] = key,
        ["body"] = new { model = "fake", max_tokens = 1000, messages = new[] { new { role = "user", content = script } } },
    }, Patience.Token());
}
