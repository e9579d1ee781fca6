using LocalAI.Pipeline.Api.Tests.Harness;
using LocalAI.Pipeline.Testing;

namespace LocalAI.Pipeline.Api.Tests.Endpoints;

/// <summary>The scripted model counts a token for each character, and its context holds 2048.</summary>
public sealed class Truncating_a_conversation : IAsyncLifetime
{
    private ApiServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await ApiServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData(100, "s|a|one|o|b|two|c")]
    [InlineData(800, "s|b|two|c")]
    [InlineData(1500, "s|c")]
    [InlineData(3000, "s|c")]
    public async Task Oldest_turns_go_until_the_rest_fits(int length, string left)
    {
        var answering = PostAsync(length, "auto");
        var job = await _server.Worker.NextJobAsync();
        await job.FinishAsync();
        using var response = await answering.OrTimeout("the answer");

        Assert.Equal(left, Contents(job));
        Assert.Equal("auto", (await response.JsonAsync()).GetProperty("truncation").GetString());
    }

    [Fact]
    public async Task Nothing_goes_where_nobody_allows_it()
    {
        var answering = PostAsync(3000, "disabled");
        var job = await _server.Worker.NextJobAsync();
        await job.FinishAsync();
        using var response = await answering.OrTimeout("the answer");

        Assert.Equal("s|a|one|o|b|two|c", Contents(job));
    }

    private Task<HttpResponseMessage> PostAsync(int length, string truncation) => _server.PostAsync("/v1/responses", $$"""
        {"model":"tiny","instructions":"s","truncation":"{{truncation}}","max_output_tokens":1,"input":[
        {"role":"user","content":"{{new string('a', length)}}"},{"role":"assistant","content":"one"},{"type":"function_call","call_id":"c","name":"f","arguments":"{}"},{"type":"function_call_output","call_id":"c","output":"o"},
        {"role":"user","content":"{{new string('b', length)}}"},{"role":"assistant","content":"two"},{"role":"user","content":"{{new string('c', length)}}"}]}
        """, "application/json");

    /// <summary>What the command has of each message, long ones by their first letter.</summary>
    private static string Contents(ScriptedJob job) => string.Join('|', job.Command.Messages!.Select(message => message.Content.Length > 50 ? message.Content[..1] : message.Content));
}
