using LocalAI.Pipeline.Api.Tests.Harness;
using LocalAI.Pipeline.Testing;

namespace LocalAI.Pipeline.Api.Tests.Endpoints;

/// <summary>OpenAI's old paths.</summary>
public sealed class Listing_engines : IAsyncLifetime
{
    private ApiServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await ApiServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("/v1/engines", """{"object":"list","data":[{"id":"tiny","object":"engine","owner":"local","ready":true}]}""")]
    [InlineData("/v1/engines/tiny", """{"id":"tiny","object":"engine","owner":"local","ready":true}""")]
    public async Task Body_is_these_bytes(string path, string body) => Assert.Equal(body, await _server.Client.GetStringAsync(path, TestTimeout.Token));

    [Fact]
    public async Task An_unknown_one_is_refused_in_every_way()
    {
        using var asked = await _server.Client.GetAsync("/v1/engines/none", TestTimeout.Token);
        using var used = await _server.PostAsync("/v1/engines/none/completions", """{"prompt":"a"}""", "application/json");
        using var contradicted = await _server.PostAsync("/v1/engines/tiny/embeddings", """{"model":"other","input":"a"}""", "application/json");

        Assert.Equal((404, "model_not_found", "model"), Head(await asked.ErrorAsync()));
        Assert.Equal((404, "model_not_found", "model"), Head(await used.ErrorAsync()));
        Assert.Equal((400, "invalid_value", "model"), Head(await contradicted.ErrorAsync()));
    }

    [Fact]
    public async Task Its_path_names_the_model()
    {
        var answering = _server.PostAsync("/v1/engines/tiny/completions", """{"prompt":"P"}""", "application/json");
        var job = await _server.Worker.NextJobAsync();
        await job.TextAsync("a");
        await job.FinishAsync();
        using var completion = await answering.OrTimeout("the answer");
        using var embedding = await _server.PostAsync("/v1/engines/tiny/embeddings", """{"input":"a"}""", "application/json").OrTimeout("the answer");

        Assert.Equal("tiny", (await completion.JsonAsync()).GetProperty("model").GetString());
        Assert.Equal("tiny", (await embedding.JsonAsync()).GetProperty("model").GetString());
    }

    private static (int Status, string? Code, string? Param) Head((int Status, string? Code, string? Param, string Message) error) => (error.Status, error.Code, error.Param);
}
