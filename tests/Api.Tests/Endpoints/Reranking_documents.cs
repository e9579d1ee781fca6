using System.Text.Json;
using LocalAI.Pipeline.Api.Tests.Harness;
using LocalAI.Pipeline.Testing;

namespace LocalAI.Pipeline.Api.Tests.Endpoints;

public sealed class Reranking_documents : IAsyncLifetime
{
    private ApiServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await ApiServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("/v1/rerank")]
    [InlineData("/rerank")]
    [InlineData("/v1/reranking")]
    [InlineData("/reranking")]
    public async Task Body_is_these_bytes(string path)
    {
        using var response = await _server.PostAsync(path, """{"model":"tiny","query":"q","documents":["a",{"text":"ccc"},"bb"],"top_n":2}""", "application/json").OrTimeout("the answer");

        Assert.Equal(
            """{"model":"tiny","object":"list","usage":{"prompt_tokens":9,"total_tokens":9},"results":[{"index":1,"relevance_score":3,"document":{"text":"ccc"}},{"index":2,"relevance_score":2,"document":{"text":"bb"}}]}""",
            await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Documents_stay_away_where_they_are_not_wanted()
    {
        using var response = await _server.PostAsync("/v1/rerank", """{"query":"q","documents":["a"],"return_documents":false}""", "application/json").OrTimeout("the answer");

        Assert.Equal("""{"index":0,"relevance_score":1}""", (await response.JsonAsync()).GetProperty("results")[0].GetRawText());
    }

    [Fact]
    public async Task Long_lists_are_ranked_as_one()
    {
        // Lengths 1 to 100 in an order that mixes the pieces.
        var documents = Enumerable.Range(0, 100).Select(index => new string('x', (index * 37 % 100) + 1)).ToList();
        using var response = await _server.PostAsync("/v1/rerank", JsonSerializer.Serialize(new { query = "q", documents, top_n = 1000 }), "application/json").OrTimeout("the answer");

        var results = (await response.JsonAsync()).GetProperty("results").EnumerateArray().ToList();
        Assert.Equal(Enumerable.Range(1, 100).Reverse(), results.Select(result => result.GetProperty("relevance_score").GetInt32()));
        Assert.All(results, result => Assert.Equal(documents[result.GetProperty("index").GetInt32()], result.GetProperty("document").GetProperty("text").GetString()));
    }

    [Theory]
    [InlineData("""{"documents":["a"]}""", "missing_required_parameter", "query")]
    [InlineData("""{"query":"","documents":["a"]}""", "invalid_value", "query")]
    [InlineData("""{"query":"q"}""", "missing_required_parameter", "documents")]
    [InlineData("""{"query":"q","documents":[]}""", "invalid_value", "documents")]
    [InlineData("""{"query":"q","documents":"a"}""", "invalid_type", "documents")]
    [InlineData("""{"query":"q","documents":["a",5]}""", "invalid_type", "documents[1]")]
    [InlineData("""{"query":"q","documents":["a",""]}""", "invalid_value", "documents[1]")]
    [InlineData("""{"query":"q","documents":[{"image":"u"}]}""", "missing_required_parameter", "documents[0].text")]
    [InlineData("""{"query":"q","documents":[{"text":"a","image":"u"}]}""", "unknown_parameter", "documents[0].image")]
    [InlineData("""{"query":"q","documents":["a"],"top_n":0}""", "invalid_value", "top_n")]
    public async Task Bad_request_is_refused_by_field(string body, string code, string? param)
    {
        using var response = await _server.PostAsync("/v1/rerank", body, "application/json").OrTimeout("the answer");

        var error = await response.ErrorAsync();
        Assert.Equal((400, code, param), (error.Status, error.Code, error.Param));
    }
}
