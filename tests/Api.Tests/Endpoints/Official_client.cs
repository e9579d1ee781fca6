using System.ClientModel;
using System.Text;
using LocalAI.Pipeline.Api.Tests.Harness;
using LocalAI.Pipeline.Messages.Deltas;
using LocalAI.Pipeline.Testing;
using OpenAI;
using OpenAI.Chat;

namespace LocalAI.Pipeline.Api.Tests.Endpoints;

public sealed class Official_client : IAsyncLifetime
{
    private ApiServer _server = null!;
    private ChatClient _chat = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await ApiServer.StartAsync();
        _chat = new ChatClient("tiny", new ApiKeyCredential("none"), new OpenAIClientOptions { Endpoint = new Uri(_server.Address, "v1") });
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Reads_a_whole_answer()
    {
        var answering = _chat.CompleteChatAsync([new SystemChatMessage("s"), new UserChatMessage("hi")], new ChatCompletionOptions { MaxOutputTokenCount = 5, EndUserId = "me" });
        var job = await _server.Worker.NextJobAsync();
        await job.TextAsync("Hello");
        await job.FinishAsync(FinishReason.Length);

        var answer = (await answering.OrTimeout("the answer")).Value;
        Assert.Equal("Hello", answer.Content[0].Text);
        Assert.Equal(ChatFinishReason.Length, answer.FinishReason);
        Assert.Equal((7, 2, 4), (answer.Usage.InputTokenCount, answer.Usage.OutputTokenCount, answer.Usage.InputTokenDetails.CachedTokenCount));
        Assert.Equal(5, job.Command.MaxTokens);
    }

    [Fact]
    public async Task Reads_a_stream_with_calls_and_usage()
    {
        var options = new ChatCompletionOptions { Tools = { ChatTool.CreateFunctionTool("weather", "d", BinaryData.FromString("""{"type":"object","properties":{"city":{"type":"string"}}}""")) } };
        var reading = ReadAsync(_chat.CompleteChatStreamingAsync([new UserChatMessage("hi")], options));
        var job = await _server.Worker.NextJobAsync();
        await job.TextAsync("Let ");
        await job.TextAsync("me see");
        await job.SendAsync(new GenerationDelta { Sequence = 0, ToolCalls = [new ToolCallDelta { Index = 0, Id = "c1", Name = "weather", Arguments = "{\"city\":" }] });
        await job.SendAsync(new GenerationDelta { Sequence = 0, ToolCalls = [new ToolCallDelta { Index = 0, Arguments = "\"Bonn\"}" }] });
        await job.FinishAsync(FinishReason.ToolCalls);

        Assert.Equal("Let me see|weather({\"city\":\"Bonn\"})|ToolCalls|9", await reading.OrTimeout("the stream"));
        Assert.Equal("weather", Assert.Single(job.Command.Tools!).Name);
    }

    [Fact]
    public async Task Sees_errors_with_status_and_message()
    {
        var thrown = await Assert.ThrowsAsync<ClientResultException>(() => _chat.CompleteChatAsync([new UserChatMessage("hi")], new ChatCompletionOptions { Temperature = 3 }));

        Assert.Equal(400, thrown.Status);
        Assert.Contains("'temperature' must be from 0 to 2, but is 3.", thrown.Message, StringComparison.Ordinal);
    }

    private static async Task<string> ReadAsync(AsyncCollectionResult<StreamingChatCompletionUpdate> updates)
    {
        var (text, call, reason, tokens) = (new StringBuilder(), new StringBuilder(), "", 0);
        await foreach (var update in updates)
        {
            text.Append(string.Concat(update.ContentUpdate.Select(part => part.Text)));
            foreach (var piece in update.ToolCallUpdates)
            {
                call.Append(piece.FunctionName is { } name ? $"{name}(" : "").Append(piece.FunctionArgumentsUpdate);
            }

            reason = update.FinishReason?.ToString() ?? reason;
            tokens = update.Usage?.TotalTokenCount ?? tokens;
        }

        return $"{text}|{call})|{reason}|{tokens}";
    }
}
