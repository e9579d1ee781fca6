using System.Text.RegularExpressions;
using LocalAI.Pipeline.Api.Tests.Harness;
using LocalAI.Pipeline.Messages.Deltas;
using LocalAI.Pipeline.Testing;

namespace LocalAI.Pipeline.Api.Tests.Endpoints;

/// <summary>The same failure of a worker in the shape of each API.</summary>
public sealed class Refusing_prompts_over_the_context : IAsyncLifetime
{
    private const string Words = ScriptedReplies.Overflow;

    private ApiServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await ApiServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("/v1/chat/completions", """{"messages":[{"role":"user","content":"a"}]}""", "messages")]
    [InlineData("/v1/chat/completions", """{"messages":[{"role":"user","content":"a"}],"stream":true}""", "messages")]
    [InlineData("/v1/completions", """{"prompt":"a"}""", "prompt")]
    [InlineData("/v1/completions", """{"prompt":"a","stream":true}""", "prompt")]
    [InlineData("/v1/engines/tiny/completions", """{"prompt":"a"}""", "prompt")]
    [InlineData("/v1/responses", """{"model":"tiny","input":"a"}""", "input")]
    [InlineData("/v1/edits", """{"instruction":"a","input":"b"}""", "input")]
    public async Task A_generation_says_so_in_OpenAIs_words(string path, string body, string field) =>
        Assert.Equal($$$"""{"error":{"message":"{{{Words}}}","type":"invalid_request_error","param":"{{{field}}}","code":"context_length_exceeded"}}""", await FailAsync(path, body));

    [Theory]
    [InlineData("/v1/embeddings", """{"input":["a","TOO LONG"]}""", "input")]
    [InlineData("/v1/engines/tiny/embeddings", """{"input":"TOO LONG"}""", "input")]
    [InlineData("/v1/rerank", """{"query":"q","documents":["a","TOO LONG"]}""", "documents")]
    public async Task A_request_with_one_reply_says_so_in_OpenAIs_words(string path, string body, string field) =>
        Assert.Equal($$$"""{"error":{"message":"{{{Words}}}","type":"invalid_request_error","param":"{{{field}}}","code":"context_length_exceeded"}}""", await AskAsync(path, body));

    [Theory]
    [InlineData("false")]
    [InlineData("true")]
    public async Task Messages_say_so_in_Anthropics_words(string stream) => Assert.Equal(
        $$$"""{"type":"error","error":{"type":"invalid_request_error","message":"{{{Words}}}","details":{"error_code":"context_length_exceeded","parameter":"messages"}},"request_id":"ID"}""",
        Regex.Replace(await FailAsync("/v1/messages", $$"""{"max_tokens":9,"messages":[{"role":"user","content":"a"}],"stream":{{stream}}}"""), "\"request_id\":\"[^\"]+\"", "\"request_id\":\"ID\""));

    [Theory]
    [InlineData("/completion", """{"prompt":"a"}""", "prompt")]
    [InlineData("/completions", """{"prompt":"a","stream":true}""", "prompt")]
    [InlineData("/infill", """{"input_prefix":"a","input_suffix":"b"}""", "input_prefix")]
    public async Task Completions_of_llama_cpps_server_say_so_in_its_words(string path, string body, string field) =>
        Assert.Equal($$$"""{"error":{"code":400,"message":"{{{Words}}}","type":"exceed_context_size_error","param":"{{{field}}}"}}""", await FailAsync(path, body));

    [Fact]
    public async Task Embeddings_of_llama_cpps_server_say_so_in_its_words() => Assert.Equal(
        $$$"""{"error":{"code":400,"message":"{{{Words}}}","type":"exceed_context_size_error","param":"content"}}""", await AskAsync("/embedding", """{"content":"TOO LONG"}"""));

    [Theory]
    [InlineData("/api/chat", """{"model":"tiny","messages":[{"role":"user","content":"a"}]}""")]
    [InlineData("/api/generate", """{"model":"tiny","prompt":"a","stream":false}""")]
    public async Task Generations_of_Ollama_say_so_in_its_words(string path, string body) => Assert.Equal($$$"""{"error":"{{{Words}}}"}""", await FailAsync(path, body));

    [Theory]
    [InlineData("/api/embed", """{"input":"TOO LONG"}""")]
    [InlineData("/api/embeddings", """{"prompt":"TOO LONG"}""")]
    public async Task Embeddings_of_Ollama_say_so_in_its_words(string path, string body) => Assert.Equal($$$"""{"error":"{{{Words}}}"}""", await AskAsync(path, body));

    private async Task<string> FailAsync(string path, string body)
    {
        var asking = AskAsync(path, body);
        await (await _server.Worker.NextJobAsync()).FailAsync(FailureCode.PromptTooLong, Words);
        return await asking;
    }

    private async Task<string> AskAsync(string path, string body)
    {
        using var response = await _server.PostAsync(path, body, "application/json").OrTimeout("the answer");
        Assert.Equal(400, (int)response.StatusCode);
        return await response.Content.ReadAsStringAsync();
    }
}
