using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LocalAI.Pipeline.Scenarios.Clients;
using LocalAI.Pipeline.Scenarios.Processes;

namespace LocalAI.Pipeline.Scenarios;

[Collection(SharedDistributed.Name)]
public sealed class Speaking_llama_cpps_and_Ollamas_APIs_through_RabbitMQ(DistributedDeployment deployment)
{
    private const string Sentence = "This is a test!";

    private static readonly object[] Question = [new { role = "user", content = "Say this is a test!" }];

    private readonly HttpClient _client = deployment.Api.Client;

    private string Host => deployment.RootUrl;

    [Fact]
    public async Task Completions_are_whole_streamed_and_filled_in()
    {
        var patience = Patience.Token();
        var prompt = (await PostAsync("/apply-template", new { messages = Question })).GetProperty("prompt").GetString()!;
        var whole = await PostAsync("/completion", new { prompt, n_probs = 1, return_tokens = true });
        var gap = await PostAsync("/infill", new { input_prefix = "Say this ", input_suffix = " a test!", n_predict = 4 });
        using var stream = await _client.PostAsJsonAsync("/completion", new { prompt, stream = true }, patience);
        var frames = (await stream.Content.ReadAsStringAsync(patience)).Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
            .Select(frame => JsonElement.Parse(frame["data: ".Length..])).ToList();

        Assert.Equal((Sentence, "eos"), (whole.GetProperty("content").GetString(), whole.GetProperty("stop_type").GetString()));
        Assert.Equal(whole.GetProperty("tokens").GetArrayLength(), whole.GetProperty("completion_probabilities").GetArrayLength());
        Assert.Equal(Sentence, string.Concat(frames.Select(frame => frame.GetProperty("content").GetString())));
        Assert.NotEmpty(gap.GetProperty("content").GetString()!);
    }

    [Fact]
    public async Task Tokens_vectors_and_properties_come_from_the_worker()
    {
        var patience = Patience.Token();
        var tokens = (await PostAsync("/tokenize", new { content = "größer" })).GetProperty("tokens").EnumerateArray().Select(token => token.GetInt32()).ToList();
        var props = await _client.GetFromJsonAsync<JsonElement>("/props?model=tiny-chat", patience);
        var slots = await _client.GetFromJsonAsync<JsonElement>("/slots?model=tiny-chat", patience);
        var vectors = (await PostAsync("/api/embed", new { model = "tiny-chat", input = new[] { "a", "b" }, dimensions = 8 })).GetProperty("embeddings");

        Assert.Equal("größer", (await PostAsync("/detokenize", new { tokens })).GetProperty("content").GetString());
        Assert.Equal(2048, props.GetProperty("default_generation_settings").GetProperty("n_ctx").GetInt32());
        Assert.Equal(props.GetProperty("total_slots").GetInt32(), slots.GetArrayLength());
        Assert.Equal([8, 8], vectors.EnumerateArray().Select(vector => vector.GetArrayLength()));
    }

    [Fact]
    public async Task Ollamas_client_chats_generates_and_leaves()
    {
        var patience = Patience.Token();
        var streamed = await NodeProgram.RunAsync("ollama", "stream", new { host = Host, body = new { model = "tiny-chat", messages = Question } }, patience);
        var generated = await NodeProgram.RunAsync("ollama", "generate", new { host = Host, body = new { model = "tiny-chat", prompt = "Say this is a test!", think = false } }, patience);
        var left = await NodeProgram.RunAsync("ollama", "leave", new { host = Host, body = new { model = "tiny-chat", prompt = "Tell me a story", options = new { num_predict = 1500, seed = 1 }, think = false }, after = 2 }, patience);

        Assert.Equal(Sentence, string.Concat(streamed.GetProperty("pieces").EnumerateArray().Select(piece => piece.GetString())));
        Assert.Equal(Sentence, generated.GetProperty("response").GetString());
        Assert.True(left.GetProperty("aborted").GetBoolean());
        await Metrics.WaitForAsync(_client, "open_jobs", 0, patience);
        await Metrics.WaitForAsync(_client, "slots_busy", 0, patience);
    }

    [Theory]
    [InlineData("/v1/chat/completions", """{"model":"tiny-chat","messages":[{"role":"user","content":"LONG"}]}""", "\"code\":\"context_length_exceeded\"")]
    [InlineData("/v1/completions", """{"model":"tiny-chat","prompt":"LONG"}""", "\"param\":\"prompt\",\"code\":\"context_length_exceeded\"")]
    [InlineData("/v1/embeddings", """{"model":"tiny-chat","input":["a","LONG"]}""", "\"param\":\"input\",\"code\":\"context_length_exceeded\"")]
    [InlineData("/v1/messages", """{"model":"tiny-chat","max_tokens":9,"messages":[{"role":"user","content":"LONG"}]}""", "\"error_code\":\"context_length_exceeded\"")]
    [InlineData("/completion", """{"prompt":"LONG"}""", "\"type\":\"exceed_context_size_error\"")]
    [InlineData("/api/chat", """{"model":"tiny-chat","messages":[{"role":"user","content":"LONG"}]}""", "the context holds 2048")]
    [InlineData("/api/embed", """{"model":"tiny-chat","input":"LONG"}""", "the context holds 2048")]
    public async Task A_prompt_over_the_context_is_said_in_the_words_of_each_API(string path, string body, string words)
    {
        var patience = Patience.Token();
        var text = string.Concat(Enumerable.Repeat("hello there ", 3000));
        using var content = new StringContent(body.Replace("LONG", text, StringComparison.Ordinal), System.Text.Encoding.UTF8, "application/json");
        using var answer = await _client.PostAsync(path, content, patience);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(words, await answer.Content.ReadAsStringAsync(patience), StringComparison.Ordinal);
    }

    private async Task<JsonElement> PostAsync(string path, object body)
    {
        var patience = Patience.Token();
        using var response = await _client.PostAsJsonAsync(path, body, patience);
        Assert.True(response.IsSuccessStatusCode, $"{path}: {await response.Content.ReadAsStringAsync(patience)}");
        return await response.Content.ReadFromJsonAsync<JsonElement>(patience);
    }
}
