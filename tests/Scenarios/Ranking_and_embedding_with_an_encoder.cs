using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LocalAI.Pipeline.Scenarios.Processes;
using LocalAI.Pipeline.Testing.Gguf;

namespace LocalAI.Pipeline.Scenarios;

/// <summary>Models that only encode, from their file in the models folder to the answer: one that ranks, one that was put there without a word.</summary>
public sealed class Ranking_and_embedding_with_an_encoder : IAsyncLifetime
{
    private static readonly string[] Documents = ["the cat sits", "a dog runs far", "on the mat"];

    private readonly string _models = Directory.CreateTempSubdirectory("scenario-").FullName;
    private ServerProcess _host = null!;

    public async ValueTask InitializeAsync()
    {
        using var ranks = new TinyBert(pooling: 4, hasHead: true);
        using var embeds = new TinyBert(pooling: 2);
        File.Copy(ranks.Path, Path.Combine(_models, "ranks.gguf"));
        File.Copy(embeds.Path, Path.Combine(_models, "embeds.gguf"));
        await File.WriteAllTextAsync(Path.Combine(_models, "ranks.yaml"), "name: ranks\nreranking: true\nparameters:\n  model: ranks.gguf\n");
        var patience = Patience.Token();
        _host = await ServerProcess.StartAsync("Standalone", new Dictionary<string, string> { ["urls"] = "http://127.0.0.1:0", ["Models:Folder"] = _models }, patience);
        await _host.WaitUntilReadyAsync(patience);
    }

    [Fact]
    public async Task Documents_come_best_first_with_the_scores_that_each_has_alone()
    {
        var all = (await PostAsync("/v1/rerank", new { model = "ranks", query = "who sits", documents = Documents })).GetProperty("results").EnumerateArray().ToList();
        var scores = new List<double>();
        foreach (var document in Documents)
        {
            scores.Add((await PostAsync("/rerank", new { model = "ranks", query = "who sits", documents = new[] { new { text = document } } })).GetProperty("results")[0].GetProperty("relevance_score").GetDouble());
        }

        Assert.Equal(Enumerable.Range(0, 3).OrderByDescending(index => scores[index]), all.Select(result => result.GetProperty("index").GetInt32()));
        Assert.All(all, result => Assert.Equal(scores[result.GetProperty("index").GetInt32()], result.GetProperty("relevance_score").GetDouble(), 1e-5));
        Assert.All(all, result => Assert.Equal(Documents[result.GetProperty("index").GetInt32()], result.GetProperty("document").GetProperty("text").GetString()));
    }

    [Fact]
    public async Task A_bare_file_embeds()
    {
        var answer = await PostAsync("/v1/embeddings", new { model = "embeds", input = new[] { "the cat sits", "a dog runs far" } });

        var vectors = answer.GetProperty("data").EnumerateArray().Select(entry => entry.GetProperty("embedding").EnumerateArray().Select(value => value.GetDouble()).ToList()).ToList();
        Assert.All(vectors, vector => Assert.InRange(vector.Sum(value => value * value), 0.999, 1.001));
        Assert.Equal([TinyBert.Width, TinyBert.Width], vectors.Select(vector => vector.Count));
        Assert.True(vectors[0].Zip(vectors[1], (a, b) => a * b).Sum() < 0.999);
    }

    [Theory]
    [InlineData("/v1/rerank", """{"model":"embeds","query":"who","documents":["the cat"]}""", "model_not_supported", "reranking: true")]
    [InlineData("/v1/embeddings", """{"model":"ranks","input":"the cat"}""", "model_not_supported", "embeddings: true")]
    [InlineData("/v1/completions", """{"model":"embeds","prompt":"the cat"}""", "invalid_value", "does not generate text")]
    public async Task What_a_model_cannot_do_is_refused_with_the_reason(string path, string body, string code, string reason)
    {
        using var content = new StringContent(body);
        content.Headers.ContentType = new("application/json");
        using var response = await _host.Client.PostAsync(path, content, Patience.Token());

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var error = (await response.Content.ReadFromJsonAsync<JsonElement>(Patience.Token())).GetProperty("error");
        Assert.Equal(code, error.GetProperty("code").GetString());
        Assert.Contains(reason, error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        Directory.Delete(_models, recursive: true);
    }

    private async Task<JsonElement> PostAsync(string path, object body)
    {
        using var response = await _host.Client.PostAsJsonAsync(path, body, Patience.Token());
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Patience.Token()));
        return await response.Content.ReadFromJsonAsync<JsonElement>(Patience.Token());
    }
}
