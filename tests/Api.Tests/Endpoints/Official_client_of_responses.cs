#pragma warning disable OPENAI001 // The client calls this API experimental.
using System.ClientModel;
using System.Text;
using LocalAI.Pipeline.Api.Tests.Harness;
using LocalAI.Pipeline.Messages.Deltas;
using LocalAI.Pipeline.Testing;
using OpenAI.Responses;

namespace LocalAI.Pipeline.Api.Tests.Endpoints;

public sealed class Official_client_of_responses : IAsyncLifetime
{
    private ApiServer _server = null!;
    private ResponsesClient _responses = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await ApiServer.StartAsync();
        _responses = new ResponsesClient(new ApiKeyCredential("none"), new ResponsesClientOptions { Endpoint = new Uri(_server.Address, "v1") });
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Reads_a_whole_response()
    {
        var answering = _responses.CreateResponseAsync(new CreateResponseOptions("tiny", [ResponseItem.CreateUserMessageItem("hi")]) { Instructions = "s", MaxOutputTokenCount = 5 });
        var job = await _server.Worker.NextJobAsync();
        await job.SendAsync(new GenerationDelta { Sequence = 0, Reasoning = "hm" });
        await job.TextAsync("Hello");
        await job.FinishAsync(FinishReason.Length);

        var answer = (await answering.OrTimeout("the answer")).Value;
        Assert.Equal("Hello", answer.GetOutputText());
        Assert.Equal((ResponseStatus.Incomplete, ResponseIncompleteStatusReason.MaxOutputTokens), (answer.Status, answer.IncompleteStatusDetails.Reason));
        Assert.Equal((7, 2, 4), (answer.Usage.InputTokenCount, answer.Usage.OutputTokenCount, answer.Usage.InputTokenDetails.CachedTokenCount));
        Assert.IsType<ReasoningResponseItem>(answer.OutputItems[0]);
    }

    [Fact]
    public async Task Reads_a_stream_with_calls()
    {
        var options = new CreateResponseOptions("tiny", [ResponseItem.CreateUserMessageItem("hi")])
        {
            StreamingEnabled = true,
            Tools = { ResponseTool.CreateFunctionTool("weather", BinaryData.FromString("""{"type":"object","properties":{"city":{"type":"string"}}}"""), strictModeEnabled: false) },
        };
        var reading = ReadAsync(_responses.CreateResponseStreamingAsync(options));
        var job = await _server.Worker.NextJobAsync();
        await job.TextAsync("Let me see");
        await job.SendAsync(new GenerationDelta { Sequence = 0, ToolCalls = [new ToolCallDelta { Index = 0, Id = "c1", Name = "weather", Arguments = "{\"city\":" }] });
        await job.SendAsync(new GenerationDelta { Sequence = 0, ToolCalls = [new ToolCallDelta { Index = 0, Arguments = "\"Bonn\"}" }] });
        await job.FinishAsync(FinishReason.ToolCalls);

        Assert.Equal("Let me see|weather({\"city\":\"Bonn\"})|Completed|9", await reading.OrTimeout("the stream"));
    }

    private static async Task<string> ReadAsync(Task<AsyncStreamingResult<StreamingResponseUpdate>> updates)
    {
        var (text, call, end) = (new StringBuilder(), "", "");
        await foreach (var update in await updates)
        {
            switch (update)
            {
                case StreamingResponseOutputTextDeltaUpdate delta:
                    text.Append(delta.Delta);
                    break;
                case StreamingResponseOutputItemDoneUpdate { Item: FunctionCallResponseItem item }:
                    call = $"{item.FunctionName}({item.FunctionArguments})";
                    break;
                case StreamingResponseCompletedUpdate completed:
                    end = $"{completed.Response.Status}|{completed.Response.Usage.TotalTokenCount}";
                    break;
            }
        }

        return $"{text}|{call}|{end}";
    }
}
