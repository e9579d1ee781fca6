using LocalAI.Pipeline.Api.Tests.Harness;
using LocalAI.Pipeline.Testing;

namespace LocalAI.Pipeline.Api.Tests.Endpoints;

public sealed class Counting_tokens : IAsyncLifetime
{
    private ApiServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await ApiServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("/v1/tokenize", """{"model":"tiny","content":"Hi"}""", """{"tokens":[72,105]}""")]
    [InlineData("/v1/tokenize", """{"content":""}""", """{"tokens":[]}""")]
    [InlineData("/v1/detokenize", """{"model":"tiny","tokens":[72,105]}""", """{"content":"Hi"}""")]
    [InlineData("/v1/detokenize", """{"tokens":[]}""", """{"content":""}""")]
    [InlineData("/v1/chat/completions/input_tokens", """{"messages":[{"role":"user","content":"Hello"}],"max_tokens":5,"stream":true}""", """{"object":"response.input_tokens","input_tokens":11}""")]
    [InlineData("/chat/completions/input_tokens", """{"messages":[{"role":"user","content":""}]}""", """{"object":"response.input_tokens","input_tokens":6}""")]
    public async Task Answer_is_these_bytes(string path, string request, string answer)
    {
        using var response = await _server.PostAsync(path, request, "application/json").OrTimeout("the answer");

        Assert.Equal("application/json", response.Content.Headers.ContentType!.ToString());
        Assert.Equal(answer, await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/v1/tokenize", "{}", "missing_required_parameter", "content")]
    [InlineData("/v1/tokenize", """{"content":5}""", "invalid_type", "content")]
    [InlineData("/v1/tokenize", """{"content":"a","with_pieces":true}""", "unknown_parameter", "with_pieces")]
    [InlineData("/v1/detokenize", "{}", "missing_required_parameter", "tokens")]
    [InlineData("/v1/detokenize", """{"tokens":"a"}""", "invalid_type", "tokens")]
    [InlineData("/v1/detokenize", """{"tokens":[1,-2]}""", "invalid_value", "tokens[1]")]
    [InlineData("/v1/detokenize", """{"tokens":[70000]}""", "invalid_value", null)]
    [InlineData("/v1/chat/completions/input_tokens", """{"messages":[]}""", "invalid_value", "messages")]
    public async Task Bad_request_is_refused_by_field(string path, string request, string code, string? param)
    {
        using var response = await _server.PostAsync(path, request, "application/json").OrTimeout("the answer");

        var error = await response.ErrorAsync();
        Assert.Equal((400, code, param), (error.Status, error.Code, error.Param));
    }

    [Fact]
    public async Task Unknown_model_is_404()
    {
        using var response = await _server.PostAsync("/v1/tokenize", """{"model":"gpt-9","content":"a"}""", "application/json");

        Assert.Equal((404, "model_not_found"), ((await response.ErrorAsync()).Status, (await response.ErrorAsync()).Code));
    }
}
